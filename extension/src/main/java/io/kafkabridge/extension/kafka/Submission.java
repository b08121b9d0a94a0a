package io.kafkabridge.extension.kafka;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that is handed to a producer. From then on it is <i>under way</i> until exactly one takes it: Kafka's callback when
 * the record arrived or was refused for good, or whoever takes it back ({@link KafkaSender#recall}). One thread at a time hands
 * it over; callbacks come on Kafka's I/O thread, or inside of {@code send} when the producer refuses at once.
 */
public abstract class Submission implements Callback {

    /** Heap beyond key and value: the objects of a record, its headers, a callback and a place in a batch. An estimate. */
    private static final int OVERHEAD = 400;

    /** Not with a producer. */
    private static final int OURS = 0;

    /** With a producer, which will call back. */
    private static final int UNDER_WAY = 1;

    /** The producer has given it up, by no fault of the record's; it waits to be taken back. */
    private static final int RETURNED = 2;

    /** Somebody has taken it; what comes later doesn't count. */
    private static final int TAKEN = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Submission.class, "state", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String topic;
    private @Nullable ProducerRecord<byte[], byte[]> record;
    private @Nullable KafkaSender sender;
    private @Nullable Thread submitter;
    private @Nullable Exception refusal;
    private long submittedNanos;

    @SuppressWarnings("unused") // By its handle.
    private volatile int state;

    protected Submission(final ProducerRecord<byte[], byte[]> record) {
        this.record = record;
        this.topic = record.topic();
    }

    /** It is about to be handed to the sender's producer. */
    final void begin(final KafkaSender to, final long now) {
        sender = to;
        submittedNanos = now;
        refusal = null;
        submitter = Thread.currentThread();
        state = UNDER_WAY;
    }

    /** It was handed over; why the producer refused at once, or null. */
    final @Nullable Exception end() {
        submitter = null;
        return refusal;
    }

    /** It wasn't handed over after all; false when somebody has taken it meanwhile. */
    final boolean undo() {
        return STATE.compareAndSet(this, UNDER_WAY, OURS);
    }

    /** Takes it from the producer; false when somebody has taken it before. */
    final boolean take() {
        return STATE.compareAndSet(this, UNDER_WAY, TAKEN) || STATE.compareAndSet(this, RETURNED, TAKEN);
    }

    /** Whether it isn't with a producer any more, and isn't to be taken back. */
    final boolean isSettled() {
        final int now = state;
        return now == TAKEN || now == OURS;
    }

    /** Whether a callback is still to come. */
    final boolean isUnderWay() {
        return state == UNDER_WAY;
    }

    @Override
    public final void onCompletion(final @Nullable RecordMetadata metadata, final @Nullable Exception exception) {
        // send() itself calls back when it refuses a record; results come on Kafka's I/O thread.
        if (exception != null && submitter == Thread.currentThread()) {
            refusal = exception;
        } else if (exception == null) {
            if (take()) {
                delivered();
                record = null; // The registry of what is under way may name it for a while.
            }
        } else if (KafkaErrors.kind(exception) == KafkaErrors.Kind.RECORD) {
            if (take()) {
                refused(exception);
            }
        } else {
            final KafkaSender from = sender;
            // Before it may be taken back, and sent by another one.
            if (from != null) {
                from.cameBack(topic, exception);
            }
            STATE.compareAndSet(this, UNDER_WAY, RETURNED);
        }
    }

    /** When it was handed to a producer, the last time; {@link System#nanoTime}. */
    public final long submittedNanos() {
        return submittedNanos;
    }

    /** Bytes of the record's value. */
    public final int valueBytes() {
        return length(record().value());
    }

    /** Bytes of heap that a record on its way takes, about. */
    public static int sizeOf(final ProducerRecord<byte[], byte[]> record) {
        int size = OVERHEAD + length(record.key()) + length(record.value());
        for (final Header header :
                record.headers().toArray()) { // A client may send as many user properties as it likes.
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(final byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** The record; not there any more when it was delivered. */
    public final ProducerRecord<byte[], byte[]> record() {
        return Objects.requireNonNull(record, "the record is in Kafka");
    }

    /** Kafka has the record. On Kafka's thread, once. */
    protected abstract void delivered();

    /** Kafka will never take the record. On Kafka's thread, once. */
    protected abstract void refused(Exception reason);

    /** The record is among the rejected ones, on the disk, for that reason. */
    public abstract void rejected(Exception reason);

    /** Gives the record up. */
    public abstract void fail(Exception cause);

    /** Whether it may still be sent: false once an earlier publish of its connection has failed, which comes again. */
    public abstract boolean isWanted();

    /** Whether the record can't be given up: nobody would send it again. */
    public abstract boolean isKept();
}
