package io.kafkabridge.it;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** The command that checks a configuration, as an operator runs it: the extension's jar alone, without a broker's class path. */
class CheckIT {

    @TempDir
    private Path folder;

    private JarProcess check(final BridgeXml xml, final String... arguments) throws Exception {
        final Path file = Files.createDirectories(folder.resolve("conf")).resolve("config.xml");
        Files.writeString(file, xml.toString());
        final String[] all = new String[arguments.length + 2];
        all[0] = "check";
        all[1] = file.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return JarProcess.start(folder, Artifacts.bridgeJar(), all);
    }

    @Test
    void connect_tellsOfBrokersAndTopics() throws Exception {
        // Given
        try (Kafka kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .property("auto.create.topics.enable", "false")
                .start()) {
            kafka.createTopic("there", 3);
            final BridgeXml xml = new BridgeXml()
                    .cluster("cluster01", kafka.bootstrapServers(), "")
                    .mapping("m1", "cluster01", "there", "a")
                    .mapping("m2", "cluster01", "missing", "b");

            // When
            try (JarProcess check = check(xml, "--connect", "--quiet")) {

                // Then
                assertThat(check.exitCode()).isZero();
                assertThat(check.output())
                        .contains(
                                "Cluster cluster01 (" + kafka.bootstrapServers() + "): 1 broker.",
                                "  Kafka topic there: 3 partitions",
                                "  Kafka topic missing: doesn't exist yet",
                                "config.xml is right: 2 mappings to 1 cluster.");
                assertThat(check.errors()).isEmpty();
            }
        }
    }

    @Test
    void connect_toNobody_failsWithAReason() throws Exception {
        // Given
        final BridgeXml xml = new BridgeXml()
                .cluster("cluster01", "no-such-host.invalid:9092", "")
                .mapping("m1", "cluster01", "t", "a");

        // When
        try (JarProcess check = check(xml, "--connect", "--quiet")) {

            // Then
            assertThat(check.exitCode()).isEqualTo(3);
            assertThat(check.errors())
                    .startsWith("Cluster cluster01 (no-such-host.invalid:9092) can't be reached: no such host");
        }
    }

    @Test
    void mistake_isToldWithItsPlace() throws Exception {
        // Given
        final BridgeXml xml = new BridgeXml()
                .cluster("cluster01", "127.0.0.1:9092", "<delivery-timeout>soon</delivery-timeout>")
                .mapping("m1", "cluster01", "t", "a");

        // When
        try (JarProcess check = check(xml)) {

            // Then
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.errors())
                    .contains("config.xml: line 3, column ", "delivery-timeout: \"soon\"", "1 problem in ");
        }
    }

    @Test
    void jsonPayload_isReshapedAsInTheBroker() throws Exception {
        // Given
        final BridgeXml xml = new BridgeXml()
                .cluster("cluster01", "127.0.0.1:9092", "")
                .mappingWith(
                        "m1",
                        "cluster01",
                        "<kafka-topic>t</kafka-topic><json><condition>temp > 20</condition>"
                                + "<value>{\"c\": temp}</value></json>",
                        "#");

        // When
        try (JarProcess check = check(xml, "--quiet", "--topic", "a", "--payload", "{\"temp\":21}")) {

            // Then
            assertThat(check.exitCode()).isZero();
            assertThat(check.output()).contains("    value: {\"c\":21}");
        }
    }
}
