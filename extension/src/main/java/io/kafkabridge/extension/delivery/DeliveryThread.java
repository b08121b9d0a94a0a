package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a delivery: does what may wait, again and again, until it is stopped. */
final class DeliveryThread {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryThread.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final String cluster;
    private final OncePerMinute limit = new OncePerMinute();
    private final DeliveryPath path;
    private final Rejections rejections;
    private final DeadLetters deadLetters;
    private final TopicCreator creator;
    private final Runnable onTick;
    private final Runnable onEnd;
    private final Thread thread;
    private volatile @Nullable DeliveryThread predecessor;
    private volatile boolean stopping;
    private volatile boolean stopped;

    /**
     * Makes a thread, which doesn't run before {@link #start}.
     *
     * @param onTick runs every second or more often
     * @param onEnd runs at the end of the thread, when the path was finished
     */
    DeliveryThread(
            final String cluster,
            final DeliveryPath path,
            final Rejections rejections,
            final DeadLetters deadLetters,
            final TopicCreator creator,
            final Runnable onTick,
            final Runnable onEnd) {
        this.cluster = cluster;
        this.path = path;
        this.rejections = rejections;
        this.deadLetters = deadLetters;
        this.creator = creator;
        this.onTick = onTick;
        this.onEnd = onEnd;
        thread = new Thread(this::run, "hivemq-kafka-bridge-" + cluster);
        // Kafka loads login modules by name through the context class loader: this jar's.
        thread.setContextClassLoader(DeliveryThread.class.getClassLoader());
        thread.setDaemon(true);
    }

    /** Starts; the work begins when the predecessor, if there is one, has ended. */
    void start(final @Nullable DeliveryThread after) {
        predecessor = after;
        thread.start();
    }

    /** Makes the thread look for work now. Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Begins to stop. */
    void stop() {
        stopping = true;
        wake();
    }

    /** Whether all is done but what {@code onEnd} does. */
    boolean hasStopped() {
        return stopped;
    }

    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void run() {
        try {
            final DeliveryThread before = predecessor;
            if (before != null) {
                before.awaitEnd();
                predecessor = null; // Let it be collected.
            }
            while (!stopping) {
                LockSupport.parkNanos(this, work().toNanos());
            }
            reject();
            path.finish();
            rejections.keep();
            creator.close();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            onEnd.run();
        }
    }

    /** Does what there is to do; returns how long there is nothing more, unless somebody wakes the thread. */
    private Duration work() {
        try {
            final boolean waits = path.step();
            creator.tidy();
            onTick.run();
            return reject() && waits ? IDLE : TICK;
        } catch (final RuntimeException e) {
            if (limit.isDue()) {
                LOG.error(
                        "The delivery to Kafka cluster '{}' goes on after an unexpected error. Please report it.",
                        cluster,
                        e);
            }
            return TICK;
        }
    }

    /** Takes rejected records off the way; whether there is none. */
    private boolean reject() {
        rejections.keep();
        final Producer<byte[], byte[]> producer = path.producer();
        if (producer != null) {
            deadLetters.send(producer);
        }
        return rejections.isEmpty() && deadLetters.isEmpty();
    }
}
