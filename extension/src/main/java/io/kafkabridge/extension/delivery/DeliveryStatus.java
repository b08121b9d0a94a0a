package io.kafkabridge.extension.delivery;

/**
 * Where the records of a cluster are.
 *
 * @param inFlightBytes memory of those on their way, about
 * @param spooledRecords records in the spool
 * @param spooledBytes bytes of the spool's files
 * @param corruptSegments segments of the spool that were found damaged since the delivery started
 */
public record DeliveryStatus(long inFlightBytes, long spooledRecords, long spooledBytes, long corruptSegments) {}
