package io.kafkabridge.stack.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.kafkabridge.stack.GuardedProcess;

/** Publisher or consumer: a process whose lines are told as they come. */
final class ClientProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 6;

    private final Process process;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    private ClientProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts a jar.
     *
     * @param told gets every line of its output, on a thread of its own
     */
    static ClientProcess start(
            Path jar, List<String> arguments, Path folder, Map<String, String> environment, Consumer<String> told)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        ClientProcess client = new ClientProcess(GuardedProcess.start(builder));
        Thread reader = new Thread(() -> client.tell(told), "output of " + jar.getFileName());
        reader.setDaemon(true);
        reader.start();
        return client;
    }

    /** Its exit code, once it has ended and all its lines were told. */
    CompletableFuture<Integer> end() {
        return end;
    }

    private void tell(Consumer<String> told) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                told.accept(line);
                line = lines.readLine();
            }
            end.complete(process.waitFor());
        } catch (IOException | UncheckedIOException e) {
            end.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end.completeExceptionally(e);
        }
    }

    /** Ends it as Ctrl-C in its own terminal would; harder when that takes too long. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            end.get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            process.toHandle().destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
