package io.kafkabridge.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** One broker's process: its command, its log file and its life. For one thread, except {@link #log()}. */
final class BrokerProcess {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int TAIL_LINES = 40;

    private final String name;
    private final Path logFile;
    private final ProcessBuilder builder;
    private final List<String> command;
    private @Nullable Process process;
    private long logStart;

    BrokerProcess(String name, Path folder, Path logFile, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.logFile = logFile;
        this.command = command;
        builder = new ProcessBuilder().directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
    }

    void start() {
        if (isRunning()) {
            throw new IllegalStateException(name + " runs already.");
        }
        try {
            Files.createDirectories(logFile.toAbsolutePath().getParent());
            logStart = Files.exists(logFile) ? Files.size(logFile) : 0;
            builder.command(command).redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
            process = GuardedProcess.start(builder);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't start " + name, e);
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    long pid() {
        return running().pid();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        if (process != null) {
            process.toHandle().destroyForcibly();
            waitForEnd(process, STOP_LIMIT);
        }
    }

    /** SIGTERM; returns at once. A paused process is resumed, else it would never notice. */
    void terminate() {
        if (process != null && process.isAlive()) {
            signal("CONT");
            // By its handle: Process.destroy() would also close the pipe to the guard, who would kill without mercy.
            process.toHandle().destroy();
        }
    }

    /** SIGTERM, and SIGKILL if that doesn't end it within 30 seconds. */
    void stop() {
        terminate();
        if (process != null && !waitForEnd(process, STOP_LIMIT)) {
            kill();
        }
    }

    /** Waits for a process that does its work and ends, with exit code 0. */
    void awaitSuccess() {
        if (process == null || !waitForEnd(process, STOP_LIMIT) || process.exitValue() != 0) {
            throw failed("failed");
        }
    }

    /** SIGSTOP: the process keeps its connections and does nothing. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** Everything that the process has printed, over all its starts. */
    String log() {
        return new String(logBytes(), StandardCharsets.UTF_8);
    }

    /** What it has printed since its latest start. */
    String logOfThisRun() {
        byte[] bytes = logBytes();
        int from = (int) Math.min(logStart, bytes.length);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    /** Waits for a line of this run's log in which the pattern is found. */
    void awaitLog(Pattern pattern, Duration limit) {
        await("log line /" + pattern + "/", limit, () -> pattern.matcher(logOfThisRun())
                .find());
    }

    /**
     * Waits until the condition holds.
     *
     * @throws StartException when the process ends or the time is over before
     */
    void await(String what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!isRunning()) {
                throw failed("ended while we waited for its " + what);
            }
            if (System.nanoTime() > end) {
                throw failed("showed no " + what + " within " + limit.toSeconds() + " s");
            }
            pauseBetweenLooks();
        }
    }

    StartException failed(String how) {
        List<String> lines = log().lines().toList();
        String tail = String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        return new StartException(name + " " + how + ". The end of " + logFile + ":\n  " + tail);
    }

    private byte[] logBytes() {
        try {
            return Files.exists(logFile) ? Files.readAllBytes(logFile) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + logFile, e);
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid()).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("Can't send " + signal + " to " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(name + " isn't running.");
        }
        return process;
    }

    private boolean waitForEnd(Process ending, Duration limit) {
        try {
            return ending.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void pauseBetweenLooks() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private StartException interrupted() {
        Thread.currentThread().interrupt();
        return failed("was given up: this thread was interrupted");
    }
}
