package io.kafkabridge.consumer;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What to read and how to show it.
 *
 * @param partitions the numbers of the partitions to read; empty for all
 * @param count how many records to print, at least one
 * @param from where to begin; null where the group has stopped
 * @param untilEnd whether to stop at the end that the topics have at the start
 * @param filter which records to print
 */
record Reading(
        List<String> topics,
        Set<Integer> partitions,
        long count,
        @Nullable StartPosition from,
        boolean untilEnd,
        Predicate<ConsumerRecord<byte[], byte[]>> filter,
        RecordFormat format) {}
