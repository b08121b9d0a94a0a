package io.kafkabridge.stack;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.common.protocol.Errors;

/**
 * What goes wrong with a {@link ProducedBatch}. Immutable.
 *
 * @param error what the producer is told about the batch's partition; {@code NONE} for what Kafka says itself
 * @param written whether Kafka gets the batch all the same
 * @param badRecords the indexes of those records in the batch that the answer names as the bad ones
 * @param lost whether the connection breaks in place of the answer
 * @param delay how much later the answer comes, and all behind it on that connection
 */
public record BatchFault(Errors error, boolean written, List<Integer> badRecords, boolean lost, Duration delay) {

    /** Makes one with a copy of the list. */
    public BatchFault {
        badRecords = List.copyOf(badRecords);
    }

    /** Kafka doesn't get the batch, and the producer is told this error. */
    public static BatchFault refused(final Errors error) {
        return new BatchFault(error, false, List.of(), false, Duration.ZERO);
    }

    /** As a broker does it that finds bad records in a batch: nothing of it is written, and the answer names them. */
    public static BatchFault badRecords(final Errors error, final List<Integer> indexes) {
        return new BatchFault(error, false, indexes, false, Duration.ZERO);
    }

    /** Kafka writes the batch, and the producer is told this error. */
    public static BatchFault writtenBut(final Errors error) {
        return new BatchFault(error, true, List.of(), false, Duration.ZERO);
    }

    /** Kafka writes the batch, and the connection breaks before the producer hears of it. */
    public static BatchFault lostAnswer() {
        return new BatchFault(Errors.NONE, true, List.of(), true, Duration.ZERO);
    }

    /** The same, but the producer hears of it so much later. */
    public BatchFault after(final Duration time) {
        return new BatchFault(error, written, badRecords, lost, time);
    }

    /** Kafka writes the batch, and its answer comes so much later. */
    public static BatchFault late(final Duration time) {
        return new BatchFault(Errors.NONE, true, List.of(), false, time);
    }
}
