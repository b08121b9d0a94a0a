package io.kafkabridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A runnable jar as a process of its own, as a user starts it. */
final class JarProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final Path outFile;
    private final Path errFile;

    private JarProcess(final Process process, final Path outFile, final Path errFile) {
        this.process = process;
        this.outFile = outFile;
        this.errFile = errFile;
    }

    /** Starts {@code java -jar} in a folder, which is made if need be. */
    static JarProcess start(final Path folder, final Path jar, final String... arguments) {
        return start(folder, List.of(), jar, arguments);
    }

    static JarProcess start(
            final Path folder, final List<String> jvmOptions, final Path jar, final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(folder);
            final Path out = Files.createTempFile(folder, "out", ".log");
            final Path err = Files.createTempFile(folder, "err", ".log");
            final ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
            return new JarProcess(builder.start(), out, err);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it a text on its standard input, which ends there. */
    JarProcess input(final String text) {
        try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits for the end of the process and returns its exit code. */
    int exitCode() {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("ended; output:%n%s%nerrors:%n%s", output(), errors())
                    .isTrue();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Asks it to end (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    /** Waits for a line on its standard output or its standard error. */
    void awaitLine(final String regex) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat((output() + errors()).lines()).anyMatch(line -> line.matches(regex)));
    }

    String output() {
        return read(outFile);
    }

    String errors() {
        return read(errFile);
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it at once, if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
