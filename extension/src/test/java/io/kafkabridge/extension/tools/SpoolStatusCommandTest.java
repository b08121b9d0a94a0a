package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator reads about spools, and what a script gets as exit code. */
class SpoolStatusCommandTest {

    private static final SpoolLimits SMALL = new SpoolLimits(Long.MAX_VALUE, 0, 1);

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int status(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("spool", "status", "--data", data.toString()));
        all.addAll(List.of(arguments));
        final CommandLine command = BridgeCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    private String config(final String spool) throws IOException {
        final Path file = data.resolve("config.xml");
        Files.writeString(file, """
                <kafka-configuration>
                  <kafka-clusters>
                    <kafka-cluster>
                      <id>c1</id>
                      <bootstrap-servers>127.0.0.1:1</bootstrap-servers>
                      <spool>%s<min-free>0B</min-free></spool>
                    </kafka-cluster>
                  </kafka-clusters>
                  <mqtt-to-kafka-mappings>
                    <mqtt-to-kafka-mapping>
                      <id>m1</id>
                      <cluster-id>c1</cluster-id>
                      <mqtt-topic-filters><mqtt-topic-filter>a</mqtt-topic-filter></mqtt-topic-filters>
                      <kafka-topic>a</kafka-topic>
                    </mqtt-to-kafka-mapping>
                  </mqtt-to-kafka-mappings>
                </kafka-configuration>
                """.formatted(spool));
        return file.toString();
    }

    private Path folder(final String cluster) {
        return data.resolve("spool").resolve(cluster);
    }

    private void fill(final String cluster, final int records, final int bytes) throws IOException {
        try (Spool spool = Spool.open(folder(cluster), SMALL)) {
            for (int i = 0; i < records; i++) {
                spool.append(List.of(new Spool.Entry(
                        "m", new ProducerRecord<>("t", null, 1_764_115_200_000L, new byte[0], new byte[bytes]))));
            }
        }
    }

    @Test
    void noSpool_isSaid() {
        assertThat(status()).isZero();
        assertThat(out.toString())
                .isEqualTo("There is no spool in %s: nothing has waited for Kafka yet.%n"
                        .formatted(data.resolve("spool")));
    }

    @Test
    void unknownDataFolder_isAWrongCommand() {
        assertThat(status("--data", data.resolve("none").toString())).isEqualTo(2);
    }

    @Test
    void records_areCounted_withTheirTimesAndTheRoom() throws Exception {
        // Given
        fill("c1", 3, 100);

        // When
        final int exit = status();

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Kafka cluster c1, in " + folder("c1") + ":\n")
                .containsPattern("  records: 3 \\(\\d+ bytes in 3 files\\)\n")
                .contains("  oldest record: 2025-11-26T00:00:00Z (", "  newest record: 2025-11-26T00:00:00Z (")
                .containsPattern("  last written: .* \\(\\d.* ago\\)\n")
                .containsPattern("  room: .* of the disk are free; --config tells the limits\n")
                .doesNotContain("!");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void configuration_tellsTheLimits_andClustersWithoutASpool() throws Exception {
        // When
        final int exit = status("--config", config("<max-size>2MiB</max-size>"));

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("Kafka cluster c1", "records: 0\n", "room: 2.0 MiB (<max-size> 2.0 MiB; ");
    }

    @Test
    void fullSpool_andSpoolOfAnUnknownCluster_wantALook() throws Exception {
        // Given
        fill("c1", 1, 1 << 20);
        fill("gone", 1, 100);

        // When
        final int exit = status("--config", config("<max-size>1MiB</max-size>"));

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString())
                .contains("  ! Full: clients with QoS 1 and 2 are disconnected.")
                .contains("  ! No cluster of the configuration has this id");
    }

    @Test
    void damage_wantsALook() throws Exception {
        // Given
        fill("c1", 3, 100);
        Files.write(folder("c1").resolve("00000000000000000001.log"), new byte[10]);

        // When
        final int exit = status("--verify");

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(out.toString()).contains("00000000000000000001.log: 1 record from offset 1 on can't be read.");
    }

    @Test
    void mistakesOfTheConfiguration_areTold_andTheSpoolsAllTheSame() throws Exception {
        // Given
        fill("c1", 3, 100);

        // When
        final int exit = status("--config", config("<max-sise>1MiB</max-sise>"));

        // Then
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("max-sise");
        assertThat(out.toString()).contains("records: 3");
    }

    @Test
    void cluster_isOneOfThem() throws Exception {
        // Given
        fill("c1", 1, 100);
        fill("c2", 1, 100);

        // When
        status("--cluster", "c2");

        // Then
        assertThat(out.toString()).contains("Kafka cluster c2").doesNotContain("Kafka cluster c1");
    }

    @Test
    void spoolThatCanNotBeRead_isTold() throws Exception {
        // Given
        Files.writeString(data.resolve("spool"), "no folder");

        // When
        final int exit = status();

        // Then
        assertThat(exit).isEqualTo(3);
        assertThat(err.toString()).startsWith("Can't read " + data.resolve("spool"));
    }
}
