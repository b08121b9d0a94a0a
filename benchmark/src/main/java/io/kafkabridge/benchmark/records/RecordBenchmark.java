package io.kafkabridge.benchmark.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.record.MqttClient;
import io.kafkabridge.extension.record.MqttProperties;
import io.kafkabridge.extension.record.MqttProperties.UserProperty;
import io.kafkabridge.extension.record.Publish;
import io.kafkabridge.extension.record.RecordFactory;
import io.kafkabridge.extension.record.RejectedPublishException;

/** Makes the record of one publish, of 256 bytes of JSON and with two user properties; run by JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {

    private static final String JSON = """
            {"id":"sensor-0017","ts":1732570000123,"temp":21.53,"hum":48.2,"pos":{"lat":48.137154,"lon":11.576124},\
            "tags":["a","b","c"],"status":"ok","fw":"1.2.3-rc4","note":"%s"}""".formatted("x".repeat(91));

    /** Which mapping makes it. */
    @Param
    public Kind kind = Kind.PLAIN;

    private final Publish publish = new Publish(
            "plant/7/temp",
            JSON.getBytes(StandardCharsets.UTF_8),
            1,
            false,
            false,
            7,
            new MqttClient("sensor-0017", null),
            new MqttProperties(
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(new UserProperty("site", "north"), new UserProperty("line", "4"))));

    private @Nullable RecordFactory factory;

    /** Reads the mapping as the bridge does. */
    @Setup
    public void read() throws IOException, ConfigException {
        final Path file = Files.createTempFile("config", ".xml");
        Files.writeString(file, """
                <kafka-configuration>
                  <kafka-clusters><kafka-cluster>
                    <id>c</id><bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
                  </kafka-cluster></kafka-clusters>
                  <mqtt-to-kafka-mappings><mqtt-to-kafka-mapping>
                    <id>m</id><cluster-id>c</cluster-id>
                    <mqtt-topic-filters><mqtt-topic-filter>plant/+/temp</mqtt-topic-filter></mqtt-topic-filters>%s
                  </mqtt-to-kafka-mapping></mqtt-to-kafka-mappings>
                </kafka-configuration>
                """.formatted(kind.elements()));
        factory = new RecordFactory(
                ConfigFile.read(file, file.resolveSibling(""), Map.of())
                        .mappings()
                        .get(0),
                reason -> {
                    throw new IllegalStateException("held back: " + reason);
                });
        Files.delete(file);
    }

    /** One record. */
    @Benchmark
    public @Nullable Object make() throws RejectedPublishException {
        return factory == null ? null : factory.create(publish);
    }
}
