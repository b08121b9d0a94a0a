package io.kafkabridge.extension.bridge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.common.Fingerprint;

/**
 * Watches {@code config.xml} and the files that it names, on a thread of its own, and reads them when they change.
 * Looks at contents, once a second: file events don't come through every mount, and a rotated secret may keep its time.
 */
final class ConfigWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Takes what was read, right or wrong. */
    @FunctionalInterface
    interface Target {
        void take(ConfigReading reading) throws InterruptedException;
    }

    private final Path file;
    private final ConfigReading.Reader reader;
    private final Target target;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "hivemq-kafka-bridge-config");
    private final Supplier<Set<Path>> inForce;

    /** The files that matter, and what they said when they were read. */
    private Set<Path> files;

    private String read;
    private String seen;

    /**
     * Watches a file that has just been read.
     *
     * @param file the configuration file, for the log
     * @param reader reads it
     * @param first what was read
     * @param inForce the files of the configuration in force
     * @param target takes what is read from now on
     */
    ConfigWatch(
            final Path file,
            final ConfigReading.Reader reader,
            final ConfigReading first,
            final Supplier<Set<Path>> inForce,
            final Target target) {
        this.file = file;
        this.reader = reader;
        this.target = target;
        this.inForce = inForce;
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
            final ConfigReading reading = ConfigReading.of(reader, files, inForce.get());
            files = reading.files();
            read = reading.fingerprint();
            seen = read;
            if (!reading.isChanging()) {
                target.take(reading);
            }
        }
    }
}
