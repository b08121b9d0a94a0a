package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the way to a cluster is, and where its records are.
 *
 * @param state how the way is
 * @param since since when
 * @param cause why Kafka takes no records, fit for an operator to read; empty when it does, or nothing is known
 * @param inFlightRecords records on their way that aren't safe yet, about
 * @param inFlightBytes memory of those, about
 * @param spooledRecords records in the spool
 * @param spooledBytes bytes of the spool's files
 * @param spoolFreeBytes bytes that the spool may still grow by; 0 while it can't be read
 * @param spoolHasRoom whether that is enough for the spool to take more
 * @param oldestSpooled how long the oldest record has been in the spool, about
 * @param drainRate records that Kafka takes from the spool in a second
 * @param corruptSegments segments of the spool that were found damaged since the delivery started
 */
public record DeliveryStatus(
        DeliveryState state,
        Instant since,
        Optional<String> cause,
        long inFlightRecords,
        long inFlightBytes,
        long spooledRecords,
        long spooledBytes,
        long spoolFreeBytes,
        boolean spoolHasRoom,
        Duration oldestSpooled,
        double drainRate,
        long corruptSegments) {}
