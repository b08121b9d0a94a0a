package io.kafkabridge.benchmark.ledger;

/**
 * What a ledger found.
 *
 * @param lost acknowledged (QoS 0: published) messages without a record
 * @param duplicated records beyond the first of a message
 * @param outOfOrder messages whose first record comes after that of a later message of the same client
 */
public record LedgerCheck(long lost, long duplicated, long outOfOrder) {

    /** Adds the counts of two runs. */
    public LedgerCheck plus(LedgerCheck other) {
        return new LedgerCheck(lost + other.lost, duplicated + other.duplicated, outOfOrder + other.outOfOrder);
    }
}
