package io.kafkabridge.benchmark.variant;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kafkabridge.benchmark.load.ChildJvm;
import io.kafkabridge.stack.GuardedProcess;

/** A helping process that says {@code ready} when it is; what else it says is shown. */
final class Forwarder implements AutoCloseable {

    private final Process process;

    private Forwarder(Process process) {
        this.process = process;
    }

    /**
     * Starts a main class and waits until it is ready.
     *
     * @throws IOException if it ends instead; the message has its output
     */
    static Forwarder start(Class<?> main, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        ChildJvm.command(main, List.of("-Xmx384m", "-XX:+UseSerialGC"), List.of(arguments)))
                .redirectErrorStream(true);
        Process process = GuardedProcess.start(builder);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        String line = output.readLine();
        while (line != null && !line.equals("ready")) {
            said.append(line).append('\n');
            line = output.readLine();
        }
        if (line == null) {
            throw new IOException(main.getSimpleName() + " didn't start:\n" + said);
        }
        Thread shower = new Thread(() -> output.lines().forEach(System.err::println), main.getSimpleName());
        shower.setDaemon(true);
        shower.start();
        return new Forwarder(process);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
