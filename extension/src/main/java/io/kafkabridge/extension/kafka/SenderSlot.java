package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The one producer that is in use for something: opened aside, since that may take as long as a name server does, and replaced
 * when it has failed. For the delivery's thread, where nothing else is said.
 */
public final class SenderSlot {

    private static final long RETRY = Duration.ofSeconds(1).toNanos();

    /** For callbacks that are on their way when a producer has failed; then their records go again all the same. */
    private static final long CALLBACKS = Duration.ofMillis(200).toNanos();

    private final Function<Runnable, CompletableFuture<KafkaSender>> opener;
    private final Runnable wake;
    private final LongSupplier clock;
    private @Nullable CompletableFuture<KafkaSender> opening;
    private volatile @Nullable KafkaSender sender;
    private @Nullable KafkaSender stopped;
    private long stoppedAt;
    private long nextOpen;
    private @Nullable Exception cause;

    /**
     * Makes an empty slot.
     *
     * @param opener opens a producer: {@link KafkaClients#open} or {@link KafkaClients#openPatient}
     * @param wake called when there is something to do: a producer is open, or has failed
     * @param clock {@link System#nanoTime}
     */
    public SenderSlot(
            final Function<Runnable, CompletableFuture<KafkaSender>> opener,
            final Runnable wake,
            final LongSupplier clock) {
        this.opener = opener;
        this.wake = wake;
        this.clock = clock;
        nextOpen = clock.getAsLong();
    }

    /** Gives the producer that is open; sees to it that there will be one. */
    public @Nullable KafkaSender open() {
        if (sender == null && stopped == null && opening == null && clock.getAsLong() - nextOpen >= 0) {
            opening = opener.apply(wake).whenComplete((opened, error) -> wake.run());
        }
        final CompletableFuture<KafkaSender> ready = opening;
        if (ready != null && ready.isDone()) {
            opening = null;
            try {
                sender = ready.join();
            } catch (final CompletionException e) {
                // Can't be reached, or a truststore that can't be read: for the records it is all the same.
                note(e.getCause() instanceof Exception exception ? exception : e);
                nextOpen = clock.getAsLong() + RETRY;
            }
        }
        return sender;
    }

    /** The producer that is open; null when there is none. Any thread. */
    public @Nullable KafkaSender sender() {
        return sender;
    }

    /** Stops the producer, for another one to take its place. {@link #recall} gives what was under way. */
    public void stop() {
        final KafkaSender old = sender;
        sender = null;
        if (old != null) {
            old.stop();
            stopped = old;
            stoppedAt = clock.getAsLong();
        }
    }

    /**
     * What was under way with the producer that was stopped.
     *
     * @return null while it is still calling back; in no order
     */
    public @Nullable List<Submission> recall() {
        final KafkaSender old = stopped;
        if (old == null) {
            return List.of();
        }
        if (!old.isQuiet() && clock.getAsLong() - stoppedAt < CALLBACKS) {
            return null;
        }
        stopped = null;
        return old.recall();
    }

    /** Stops the producer, and gives what was under way at once, in no order: what arrives all the same comes twice. */
    public List<Submission> drop() {
        stop();
        final KafkaSender old = stopped;
        stopped = null;
        return old == null ? List.of() : old.recall();
    }

    /** Opens no other one for so long. */
    public void pause(final Duration pause) {
        nextOpen = clock.getAsLong() + pause.toNanos();
    }

    /** Ends; what is being opened is closed, and nobody wants what was under way. */
    public void close() {
        drop();
        final CompletableFuture<KafkaSender> late = opening;
        opening = null;
        if (late != null) {
            late.thenAccept(KafkaSender::stop);
        }
    }

    /** Notes why Kafka takes nothing, unless a better reason is known: a wrong password shows once, then hides behind time-outs. */
    public void note(final Exception error) {
        if (cause == null || KafkaErrors.explains(error)) {
            cause = error;
        }
    }

    /** Kafka takes records. */
    public void clearCause() {
        cause = null;
    }

    /** Why Kafka takes nothing, as well as it is known. */
    public @Nullable Exception cause() {
        return cause;
    }

    /** Whether a broker is connected now. */
    public boolean isConnected() {
        final KafkaSender now = sender;
        return now != null && now.isConnected();
    }
}
