package io.kafkabridge.extension.tools;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import io.kafkabridge.extension.delivery.rejected.RejectedFolder;
import io.kafkabridge.extension.delivery.rejected.RejectedLine;
import io.kafkabridge.extension.delivery.rejected.RejectedLines;
import io.kafkabridge.extension.delivery.rejected.RejectedRecord;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees of rejected records, however large and however damaged their files are. */
class RejectedCommandTest {

    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int rejected(final String... arguments) {
        final List<String> all = new ArrayList<>(List.of("rejected"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        final CommandLine command = BridgeCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    private Path keep(final byte[]... values) throws IOException {
        final RejectedFolder folder = new RejectedFolder(data, "c1", Long.MAX_VALUE);
        folder.keep(Arrays.stream(values)
                .map(value -> new RejectedRecord(Instant.now(), "why", new ProducerRecord<>("plant", value)))
                .toList());
        return folder.files().get(0);
    }

    /** Text, or bytes that aren't. */
    private static byte[] large(final int megabytes, final boolean text) {
        final byte[] value = new byte[megabytes * MEGABYTE];
        Arrays.fill(value, (byte) (text ? 'x' : 0xff));
        return value;
    }

    @Test
    void damagedLine_isToldWithFileAndNumber_andHidesNoOther() throws IOException {
        // Given
        final Path file = keep("one".getBytes(UTF_8), "two".getBytes(UTF_8), "three".getBytes(UTF_8));
        final List<String> lines = Files.readAllLines(file);
        final Path other = file.resolveSibling("2000-01-01.jsonl");
        Files.write(other, List.of(lines.get(0), lines.get(1).substring(0, 30), "secret nonsense", lines.get(2)));
        Files.write(other, new byte[] {(byte) 0xff, '\n'}, StandardOpenOption.APPEND);

        // When
        final int exit = rejected("list");

        // Then
        assertThat(exit).isZero();
        assertThat(out.toString()).contains("  5 x plant: why (", "5 rejected records.");
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith(
                                        other + ": line 2: only the beginning of a record: it is being written, or"),
                        second ->
                                assertThat(second).isEqualTo(other + ": line 3: not a rejected record: it isn't JSON"),
                        third -> assertThat(third).startsWith(other + ": line 5: not a rejected record"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recordAbove20Megabytes_isListedShownAndExported(final boolean text) throws IOException {
        // Given
        final byte[] large = large(30, text);
        final Path file = keep("small".getBytes(UTF_8), large);
        final Path exported = data.resolve("exported.jsonl");

        // When
        final List<Integer> exits =
                List.of(rejected("list"), rejected("show"), rejected("export", "--to", exported.toString()));

        // Then
        assertThat(exits).containsOnly(0);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains("2 rejected records.", "    value: small\n", "    value: not shown here, its line has ");
        assertThat(exported).hasSameBinaryContentAs(file);
        try (RejectedLines lines = RejectedLines.open(exported)) {
            assertThat(lines.next()).isNotNull();
            final RejectedLine line = lines.next();
            assertThat(Arrays.equals(
                            Objects.requireNonNull(line).read().record().value(), large))
                    .isTrue();
        }
    }

    @Test
    void recordOf256Megabytes_isKeptAndListed_inLittleMemory() throws Exception {
        assertThat(java("-Xmx320m", Keep.class.getName(), data.toString())).isEmpty();
        assertThat(java("-Xmx40m", BridgeCommand.class.getName(), "rejected", "list", "--data", data.toString()))
                .contains("1 x plant: why (", "1 rejected record.");
    }

    /** Keeps a text of 256 MB. */
    static final class Keep {

        private Keep() {}

        public static void main(final String[] args) throws IOException {
            new RejectedFolder(Path.of(args[0]), "c1", 1)
                    .keep(List.of(
                            new RejectedRecord(Instant.now(), "why", new ProducerRecord<>("plant", large(256, true)))));
        }
    }

    private String java(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        final Path output = data.resolve("java.log");
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
