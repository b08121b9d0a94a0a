package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Fingerprint;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.config.ConfigFile;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.monitoring.http.MonitoringServer;

/**
 * Watches {@code config.xml} and the files that it names, on a thread of its own, and puts them into force when they change.
 * Looks at contents, once a second: file events don't come through every mount, and a rotated secret may keep its time. A file
 * that is wrong changes nothing.
 */
final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Path file;
    private final Path home;
    private final Map<String, String> environment;
    private final Bridge bridge;
    private final MonitoringServer monitoring;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "hivemq-kafka-bridge-config");

    /** The files that matter, and what they said when they were read. */
    private Set<Path> files;

    private String read;
    private String seen;

    /**
     * Watches a file that has just been read.
     *
     * @param file the configuration file
     * @param home the folder that relative paths in it start from
     * @param environment the environment variables for its placeholders
     * @param bridge puts what is read into force
     * @param monitoring follows its part of it
     */
    ConfigWatch(
            final Path file,
            final Path home,
            final Map<String, String> environment,
            final Bridge bridge,
            final MonitoringServer monitoring) {
        this.file = file;
        this.home = home;
        this.environment = environment;
        this.bridge = bridge;
        this.monitoring = monitoring;
        this.files = bridge.config().files();
        this.read = Fingerprint.of(files);
        this.seen = read;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Stops to watch; a change that is being put into force is finished first. */
    void stop() {
        stopped.countDown();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (final RuntimeException e) {
                    LOG.error(
                            "An unexpected error while looking at {}; the configuration in force stays. Please report it.",
                            file,
                            e);
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody does that; it would end the watch.
        }
    }

    private void look() throws InterruptedException {
        final String now = Fingerprint.of(files);
        final boolean changed = !now.equals(read);
        final boolean beingWritten = !now.equals(seen);
        seen = now;
        if (changed && !beingWritten) {
            read = now;
            reload();
        }
    }

    private void reload() throws InterruptedException {
        final BridgeConfig before = bridge.config();
        try {
            final BridgeConfig next = ConfigFile.read(file, home, environment);
            next.warnings().forEach(warning -> LOG.warn("Look at the configuration {}: {}", file, warning));
            files = next.files();
            read = Fingerprint.of(files);
            seen = read;
            final ConfigChanges changes = ConfigChanges.between(before, next);
            if (changes.isEmpty()) {
                LOG.info("The configuration {} was written again and says the same.", file);
                return;
            }
            bridge.apply(next);
            monitoring.follow(next.monitoring());
            LOG.info("The configuration has changed and is in force. {}", changes);
        } catch (final ConfigException e) {
            final Set<Path> both = new HashSet<>(before.files());
            both.addAll(e.files());
            files = both;
            read = Fingerprint.of(files);
            seen = read;
            LOG.error(
                    "The changed configuration has {}, so that the one before stays in force. Mend it; it is read again when it"
                            + " changes:\n{}",
                    Wording.count(e.problems().size(), "problem"),
                    e.getMessage());
        }
    }
}
