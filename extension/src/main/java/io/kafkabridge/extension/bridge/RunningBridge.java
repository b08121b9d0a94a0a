package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.intake.Intake;
import io.kafkabridge.extension.intake.PublishLimits;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.monitoring.http.MonitoringServer;
import io.kafkabridge.extension.monitoring.page.Installation;
import io.kafkabridge.extension.monitoring.page.StatusPage;

/** Everything of the bridge that runs: starts it, all or nothing, and stops it in the opposite order. For one thread. */
final class RunningBridge {

    private static final Logger LOG = LoggerFactory.getLogger(RunningBridge.class);

    private static final String CONFIGURATION_STATE = "io.kafkabridge.configuration.state";

    /**
     * Where the bridge is installed.
     *
     * @param home the extension's folder
     * @param config the configuration file
     * @param data the bridge's folder in HiveMQ's data folder
     * @param version the extension's
     * @param limits what HiveMQ refuses after the intake has seen it
     * @param environment the environment variables, for the configuration's placeholders among others
     */
    record Place(
            Path home, Path config, Path data, String version, PublishLimits limits, Map<String, String> environment) {

        BridgeConfig read() throws ConfigException {
            return read(config);
        }

        /** Reads a file as if it were the configuration file. */
        BridgeConfig read(final Path file) throws ConfigException {
            return ConfigFile.read(file, home, environment);
        }

        /** Whether clients are to be let in while there is no configuration, and what they publish to be lost. */
        boolean openWithoutConfig() {
            return "open".equalsIgnoreCase(environment.get(KafkaBridgeExtension.BROKEN_CONFIG_VARIABLE));
        }

        private Installation installation() {
            return new Installation(
                    version, Instant.now(), config, data, home.resolve("hivemq-kafka-bridge-" + version + ".jar"));
        }
    }

    /** What ends all that was begun, the last one first. */
    private final Deque<Runnable> ends = new ArrayDeque<>();

    private final ScheduledExecutorService timer = timer();
    private @Nullable Bridge bridge;

    private RunningBridge() {
        ends.push(timer::shutdownNow);
    }

    /**
     * Starts it, with the configuration that its file says, an older one, or none. When that fails, nothing of it is left.
     */
    static RunningBridge start(final Place place, final HiveMq hivemq) throws InterruptedException {
        final RunningBridge running = new RunningBridge();
        boolean complete = false;
        try {
            running.open(place, hivemq);
            complete = true;
        } finally {
            if (!complete) {
                running.stop();
            }
        }
        return running;
    }

    /** Starts nothing but what lets no client in: for when a start has failed. */
    static RunningBridge startClosed(final Place place, final HiveMq hivemq) {
        final RunningBridge closed = new RunningBridge();
        closed.letIn(closed.intake(place, hivemq), true, hivemq);
        return closed;
    }

    private Intake intake(final Place place, final HiveMq hivemq) {
        return new Intake(hivemq::disconnect, place.limits(), this::patience, timer, hivemq::session);
    }

    private void open(final Place place, final HiveMq hivemq) throws InterruptedException {
        final Set<Path> file = Set.of(place.config());
        final ConfigReading first = ConfigReading.of(place::read, file, file);
        final MetricRegistry metrics = hivemq.metrics();
        ends.push(() -> metrics.removeMatching(RunningBridge::isOurs));
        final Intake intake = intake(place, hivemq);
        final Bridge made = new Bridge(place.data(), metrics, intake::follow);
        bridge = made;
        ends.push(made::stop);
        metrics.registerGauge(
                CONFIGURATION_STATE, () -> made.configStatus().state().number());
        final StatusPage page = new StatusPage(made, metrics, place.installation());
        ends.push(page::close);
        final MonitoringServer monitoring = new MonitoringServer(MonitoringSite.of(made, metrics, page));
        ends.push(monitoring::stop);
        final ConfigInForce inForce = new ConfigInForce(place, made, monitoring, intake.gate());
        inForce.begin(first);
        letIn(intake, intake.gate().isClosed(), hivemq);
        final ConfigWatch watch = new ConfigWatch(place.config(), place::read, first, inForce::files, inForce::take);
        ends.push(watch::stop);
        watch.start();
    }

    /**
     * Lets clients in, or not. Only then does HiveMQ learn of the gate, since it takes that for an extension that says who may
     * connect, and wouldn't warn that there is none.
     */
    private void letIn(final Intake intake, final boolean closed, final HiveMq hivemq) {
        if (closed) {
            intake.gate().close();
            hivemq.register(intake.gate());
        }
        hivemq.register(intake);
    }

    private static boolean isOurs(final String name, final Metric metric) {
        return name.equals(CONFIGURATION_STATE)
                || name.startsWith("io.kafkabridge.cluster.")
                || name.startsWith("io.kafkabridge.mapping.");
    }

    private Duration patience() {
        return bridge == null ? Duration.ZERO : bridge.patience();
    }

    /**
     * Not HiveMQ's own executor: at a stop HiveMQ waits for what is scheduled there, however late it is due. Disconnecting,
     * letting acknowledgements go and sending last wills are quick.
     */
    private static ScheduledExecutorService timer() {
        final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1,
                action -> {
                    final Thread thread = new Thread(action, "hivemq-kafka-bridge-timer");
                    thread.setDaemon(true);
                    return thread;
                },
                // After a stop; an exception out of an interceptor would acknowledge.
                new ThreadPoolExecutor.DiscardPolicy());
        // The will of a client that comes back needn't be kept until its delay is over.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** Stops everything. What can't be stopped is told, and keeps nothing else from being stopped. */
    void stop() {
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (final RuntimeException e) {
                LOG.error(
                        "An unexpected error while the bridge stops; the rest of it stops all the same. Please report it.",
                        e);
            }
        }
    }
}
