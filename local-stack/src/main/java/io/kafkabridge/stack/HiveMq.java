package io.kafkabridge.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A running HiveMQ CE, a child process. For one thread, except {@link #log()}. */
public final class HiveMq implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Pattern STARTED = Pattern.compile("Started HiveMQ in");
    private static final Pattern LISTENER_FAILED = Pattern.compile("Could not start .* Is it already in use");

    /** As HiveMQ's own start script has them. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Djava.net.preferIPv4Stack=true",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Duser.language=en",
            "-Duser.region=US");

    private final HiveMqHome home;
    private final int mqttPort;
    private final int tlsPort;
    private final BrokerProcess process;

    HiveMq(HiveMqHome home, int mqttPort, int tlsPort, Map<String, String> environment, List<String> jvmOptions) {
        this.home = home;
        this.mqttPort = mqttPort;
        this.tlsPort = tlsPort;
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.addAll(jvmOptions);
        options.add("-Dhivemq.home=" + home.folder());
        try {
            process = new BrokerProcess(
                    "HiveMQ",
                    home.folder(),
                    home.folder().resolve("log/console.log"),
                    JavaCommand.of(home.folder(), Checkout.classPath("hivemq-ce"), options, "com.hivemq.HiveMQServer"),
                    environment);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't prepare " + home.folder(), e);
        }
    }

    public static HiveMqBuilder builder() {
        return new HiveMqBuilder();
    }

    /** Port of the plain listener on 127.0.0.1. */
    public int mqttPort() {
        return mqttPort;
    }

    /** Port of the TLS listener on 127.0.0.1, if there is one. */
    public int tlsPort() {
        return tlsPort;
    }

    /** The folder with {@code conf}, {@code data}, {@code extensions} and {@code log}. */
    public Path home() {
        return home.folder();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isRunning();
    }

    /**
     * Starts the broker again, with the home as it is now, and waits until all listeners are open.
     *
     * @throws StartException if one isn't, or not within a minute
     */
    public void start() {
        process.start();
        process.await("start message", START_LIMIT, () -> {
            String log = process.logOfThisRun();
            if (LISTENER_FAILED.matcher(log).find()) {
                throw process.failed("couldn't open a listener");
            }
            return STARTED.matcher(log).find();
        });
    }

    /** Ends the process at once with SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** Ends the process in good order; after 30 seconds with SIGKILL. */
    public void stop() {
        process.stop();
    }

    public void restart() {
        stop();
        start();
    }

    /** Halts the process with SIGSTOP: connections stay open, nothing answers. */
    public void pause() {
        process.pause();
    }

    /** Lets a paused process go on. */
    public void resume() {
        process.resume();
    }

    /** Everything the broker and its extensions have logged, over all starts. */
    public String log() {
        return process.log();
    }

    /**
     * Waits until this run's log has a place that matches.
     *
     * @throws StartException if it doesn't within the limit
     */
    public void awaitLog(String regex, Duration limit) {
        process.awaitLog(Pattern.compile(regex), limit);
    }

    /** Ends the process at once; {@link #stop()} first where a clean end matters. */
    @Override
    public void close() {
        kill();
    }
}
