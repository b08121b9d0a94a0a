package io.kafkabridge.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import io.kafkabridge.cli.CommandFailure;
import io.kafkabridge.cli.CommandRunner;
import io.kafkabridge.cli.GeneralOptions;
import io.kafkabridge.cli.ManifestVersion;
import io.kafkabridge.cli.StopSignal;
import io.kafkabridge.consumer.TopicReader.Reading;

/** The command line of the consumer. */
@Command(
        name = "consumer",
        versionProvider = ManifestVersion.class,
        sortOptions = false,
        description = {
            "Prints the records of Kafka topics until stopped.",
            "Settings come from flags, then from the environment, then from .env: the variable is in brackets.",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong flag or setting, 130 stopped with Ctrl-C."})
public final class ConsumerCommand implements Callable<Integer> {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--topic",
            descriptionKey = "CONSUMER_TOPIC",
            split = ",",
            defaultValue = "teste",
            paramLabel = "TOPIC",
            description = "Kafka topic, teste by default; several with commas between, or by several flags."
                    + " [CONSUMER_TOPIC]")
    private List<String> topics = List.of();

    @Option(
            names = "--count",
            descriptionKey = "CONSUMER_COUNT",
            paramLabel = "N",
            description = "End after so many records. [CONSUMER_COUNT]")
    private @Nullable Long count;

    @Option(
            names = "--from-beginning",
            description = "Read all records of the topic, whatever the group has read before.")
    private boolean fromBeginning;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print key, topic, partition, offset, time and headers as well.")
    private boolean verbose;

    @Option(names = "--json", description = "Print each record as a JSON object on one line.")
    private boolean json;

    @Mixin
    private GeneralOptions general = new GeneralOptions();

    public static void main(String[] args) {
        CommandRunner.main(new ConsumerCommand(), args);
    }

    @Override
    public Integer call() throws Exception {
        if (count != null && count < 1) {
            throw CommandFailure.wrongSetting("--count must be 1 or more, not " + count);
        }
        Reading reading = new Reading(topics, count == null ? Long.MAX_VALUE : count, fromBeginning, format());
        Map<String, Object> config = kafka.consumerConfig();
        try {
            Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            TopicReader reader = new TopicReader(consumer, reading, general.console(), kafka);
            boolean written = StopSignal.during(() -> readAndLeave(reader, consumer), reader::stop);
            return written ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (KafkaException e) {
            throw KafkaFailure.explain(e, kafka);
        }
    }

    private static boolean readAndLeave(TopicReader reader, Consumer<?, ?> consumer) {
        try {
            return reader.run();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        }
    }

    private RecordFormat format() {
        if (json) {
            return new JsonFormat();
        }
        return verbose ? RecordFormat::verbose : RecordFormat::plain;
    }
}
