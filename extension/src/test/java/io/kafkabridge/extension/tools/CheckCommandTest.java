package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class CheckCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int check(final String mapping, final String... arguments) throws IOException {
        final Path file = folder.resolve("config.xml");
        Files.writeString(file, """
                <kafka-configuration>
                  <kafka-clusters>
                    <kafka-cluster>
                      <id>cluster01</id>
                      <bootstrap-servers>127.0.0.1:1</bootstrap-servers>
                      <authentication>
                        <plain><username>bridge</username><password>s3cret</password></plain>
                      </authentication>
                    </kafka-cluster>
                  </kafka-clusters>
                  <mqtt-to-kafka-mappings>
                    <mqtt-to-kafka-mapping>
                      <id>m1</id>
                      <cluster-id>cluster01</cluster-id>
                      <mqtt-topic-filters><mqtt-topic-filter>plant/+/temp</mqtt-topic-filter></mqtt-topic-filters>
                      %s
                    </mqtt-to-kafka-mapping>
                  </mqtt-to-kafka-mappings>
                </kafka-configuration>
                """.formatted(mapping));
        final List<String> all = new ArrayList<>(List.of("check", file.toString()));
        all.addAll(List.of(arguments));
        final CommandLine command = BridgeCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    @Test
    void disabledExtension_isTold() throws Exception {
        // Given
        Files.createFile(folder.resolve("DISABLED"));

        // When
        check("<kafka-topic>plant</kafka-topic>");

        // Then
        assertThat(err.toString())
                .contains(folder.resolve("DISABLED")
                        + ": warning: HiveMQ doesn't load the bridge while this file is there");
    }

    @Test
    void rightFile_isPrintedWithDefaultsAndWithoutSecrets() throws Exception {
        // When
        final int exit = check("<kafka-topic>plant</kafka-topic>");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains(
                        "kafka-cluster\n  id: cluster01\n",
                        "    password: ***\n",
                        "  delivery-timeout: 3s\n",
                        "  max-in-flight: 64MiB\n",
                        "    max-size: 10GiB\n",
                        "  topic-filters: plant/+/temp\n",
                        "  key: {topic}\n",
                        "config.xml is right: 1 mapping to 1 cluster.")
                .doesNotContain("s3cret");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsTakenButNotFollowed_isAWarning() throws Exception {
        // When
        final int exit = check("<kafka-topic>plant</kafka-topic><kafka-acks>ONE</kafka-acks>", "-q");

        // Then
        assertThat(exit).isZero();
        assertThat(err.toString()).contains("config.xml: warning: line 16, column ", "kafka-acks");
    }

    @Test
    void mistakes_areAllTold() throws Exception {
        // When
        final int exit = check("<kafka-topic>a/b</kafka-topic><except/>");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString())
                .contains("kafka-topic: \"a/b\"", "except: at least one", "2 problems in ")
                .doesNotContain("s3cret");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void publish_isShownAsTheRecordItBecomes() throws Exception {
        // When
        final int exit = check(
                "<kafka-topic>plant-{topic[1]}</kafka-topic><key>{client-id}</key>"
                        + "<partition>{user-property:p|0}</partition>",
                "--quiet",
                "--topic=plant/7/temp",
                "--client-id=sensor",
                "--payload={}",
                "--user-property=p=2");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString())
                .startsWith(
                        "A publish to plant/7/temp by client sensor, QoS 1:\n  m1: matches, and goes to cluster01\n")
                .contains(
                        "    Kafka topic: plant-7\n",
                        "    partition: 2\n",
                        "    key: sensor\n",
                        "    header: p: 2\n",
                        "    header: mqtt.topic: plant/7/temp\n",
                        "    value: {}\n",
                        "That makes 1 record.");
    }

    @Test
    void publishThatIsNotForwarded_isShownWithTheReason() throws Exception {
        // Given
        final String mapping = "<except><mqtt-topic-filter>plant/test/#</mqtt-topic-filter></except>"
                + "<filter><min-qos>1</min-qos></filter><kafka-topic>p-{topic[1]}</kafka-topic>";

        // When
        check(mapping, "-q", "--topic=other");
        check(mapping, "-q", "--topic=plant/test/temp");
        check(mapping, "-q", "--topic=plant/7/temp", "--qos=0");
        check(mapping, "-q", "--topic=plant/a b/temp");

        // Then
        assertThat(out.toString())
                .contains(
                        "  m1: no topic filter matches\nThat makes 0 records.",
                        "  m1: held back by plant/test/# in <except>\n",
                        "  m1: held back by its condition on qos\n",
                        "  m1: rejected, and kept on the broker's disk: ");
    }

    @Test
    void clusterThatCanNotBeReached_isTold() throws Exception {
        // When
        final int exit = check("<kafka-topic>plant</kafka-topic>", "-q", "--connect", "--timeout=1");

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(err.toString()).contains("Cluster cluster01 (127.0.0.1:1) can't be reached: no answer within 1 s.");
    }

    @Test
    void wrongCommand_isTold() throws Exception {
        final String mapping = "<kafka-topic>plant</kafka-topic>";
        assertThat(check(mapping, "--qos=1")).isEqualTo(2);
        assertThat(check(mapping, "--topic=a", "--qos=3")).isEqualTo(2);
        assertThat(check(mapping, "--topic=a/+")).isEqualTo(2);
        assertThat(check(mapping, "--topic=a", "--user-property=x")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--topic", "--qos takes 0, 1 or 2", "has no + and no #", "--user-property takes NAME=VALUE");
    }
}
