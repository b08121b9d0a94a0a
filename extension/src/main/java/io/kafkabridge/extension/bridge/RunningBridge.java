package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
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

    /**
     * Where the bridge is installed.
     *
     * @param home the extension's folder
     * @param config the configuration file
     * @param data the bridge's folder in HiveMQ's data folder
     * @param version the extension's
     * @param limits what HiveMQ refuses after the intake has seen it
     * @param environment the environment variables for the configuration's placeholders
     */
    record Place(
            Path home, Path config, Path data, String version, PublishLimits limits, Map<String, String> environment) {

        BridgeConfig read() throws ConfigException {
            return ConfigFile.read(config, home, environment);
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
     * Starts it with a configuration. When that fails, nothing of it is left.
     *
     * @throws ConfigException when the configuration has mistakes
     */
    static RunningBridge start(final Place place, final ConfigReading first, final HiveMq hivemq)
            throws ConfigException, InterruptedException {
        final RunningBridge running = new RunningBridge();
        boolean complete = false;
        try {
            running.open(place, first, hivemq);
            complete = true;
        } finally {
            if (!complete) {
                running.stop();
            }
        }
        return running;
    }

    private void open(final Place place, final ConfigReading first, final HiveMq hivemq)
            throws ConfigException, InterruptedException {
        final BridgeConfig config = first.orThrow();
        final MetricRegistry metrics = hivemq.metrics();
        ends.push(() -> metrics.removeMatching(RunningBridge::isOurs));
        final Intake intake = new Intake(hivemq::disconnect, place.limits(), this::patience, timer, hivemq::session);
        final Bridge made = new Bridge(place.data(), metrics, intake::follow);
        bridge = made;
        ends.push(made::stop);
        final StatusPage page = new StatusPage(made, metrics, place.installation());
        ends.push(page::close);
        made.apply(config);
        final MonitoringServer monitoring = new MonitoringServer(MonitoringSite.of(made, metrics, page));
        ends.push(monitoring::stop);
        monitoring.follow(config.monitoring());
        hivemq.register(intake);
        final ConfigWatch watch = new ConfigWatch(place.config(), place::read, first, next -> {
            made.apply(next);
            monitoring.follow(next.monitoring());
        });
        ends.push(watch::stop);
        watch.start();
    }

    private static boolean isOurs(final String name, final Metric metric) {
        return name.startsWith("io.kafkabridge.cluster.") || name.startsWith("io.kafkabridge.mapping.");
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
