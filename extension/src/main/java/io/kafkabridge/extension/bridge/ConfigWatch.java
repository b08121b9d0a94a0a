package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Fingerprint;
import io.kafkabridge.common.Wording;
import io.kafkabridge.extension.config.ConfigException;
import io.kafkabridge.extension.model.BridgeConfig;

/**
 * Watches {@code config.xml} and the files that it names, on a thread of its own, and puts them into force when they change.
 * Looks at contents, once a second: file events don't come through every mount, and a rotated secret may keep its time. A file
 * that is wrong changes nothing.
 */
final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Puts a configuration into force. */
    @FunctionalInterface
    interface Target {
        void apply(BridgeConfig next) throws InterruptedException;
    }

    private final Path file;
    private final ConfigReading.Reader reader;
    private final Target target;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "hivemq-kafka-bridge-config");
    private BridgeConfig inForce;

    /** The files that matter, and what they said when they were read. */
    private Set<Path> files;

    private String read;
    private String seen;

    /**
     * Watches a file that has just been read.
     *
     * @param file the configuration file, for the log
     * @param reader reads it
     * @param first what was read, and is in force
     * @param target puts into force what is read from now on
     */
    ConfigWatch(final Path file, final ConfigReading.Reader reader, final ConfigReading first, final Target target)
            throws ConfigException {
        this.file = file;
        this.reader = reader;
        this.target = target;
        this.inForce = first.orThrow();
        this.files = first.files();
        this.read = first.fingerprint();
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

    /** Looks once whether the files have changed. Only the watch's thread does, or a test without one. */
    void look() throws InterruptedException {
        final String now = Fingerprint.of(files);
        final boolean changed = !now.equals(read);
        final boolean beingWritten = !now.equals(seen);
        seen = now;
        if (changed && !beingWritten) {
            final ConfigReading reading = ConfigReading.of(reader, files, inForce.files());
            files = reading.files();
            read = reading.fingerprint();
            seen = read;
            if (!reading.isChanging()) {
                take(reading);
            }
        }
    }

    private void take(final ConfigReading reading) throws InterruptedException {
        try {
            final BridgeConfig next = reading.orThrow();
            next.warnings().forEach(warning -> LOG.warn("Look at the configuration {}: {}", file, warning));
            final ConfigChanges changes = ConfigChanges.between(inForce, next);
            if (changes.isEmpty()) {
                inForce = next;
                LOG.info("The configuration {} was written again and says the same.", file);
                return;
            }
            target.apply(next);
            inForce = next;
            LOG.info("The configuration has changed and is in force. {}", changes);
        } catch (final ConfigException e) {
            LOG.error(
                    "The changed configuration has {}, so that the one before stays in force. Mend it; it is read again when it"
                            + " changes:\n{}",
                    Wording.count(e.problems().size(), "problem"),
                    e.getMessage());
        }
    }
}
