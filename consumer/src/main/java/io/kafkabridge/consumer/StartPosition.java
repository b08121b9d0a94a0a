package io.kafkabridge.consumer;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

import io.kafkabridge.common.Interval;

/** Where to begin to read, whatever the group has read before. */
interface StartPosition {
    /**
     * Asks Kafka for the offset of each partition.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when Kafka doesn't answer in time
     */
    Map<TopicPartition, Long> offsets(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Duration limit);

    /** The first record. */
    static StartPosition beginning() {
        return Consumer::beginningOffsets;
    }

    /**
     * Reads {@code beginning}, {@code end}, an offset, a negative number (so many records before the end), a time ago such as
     * {@code 10m}, a date, or a date and time with its offset.
     *
     * @throws IllegalArgumentException with a line for the user
     */
    static StartPosition parse(String text) {
        if (text.equals("beginning")) {
            return beginning();
        }
        if (text.equals("end")) {
            return Consumer::endOffsets;
        }
        if (text.matches("-?\\d{1,18}")) {
            return text.startsWith("-") ? beforeEnd(-Long.parseLong(text)) : offset(Long.parseLong(text));
        }
        return text.matches("[\\d.]+[a-z]+") ? since(Instant.now().minus(Interval.parse(text))) : since(instant(text));
    }

    private static Instant instant(String text) {
        try {
            return text.length() == "2026-11-23".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no place to begin; use beginning, end, an offset such as 42, -10 for the last ten,"
                            + " 10m for the last ten minutes, 2026-11-23 or 2026-11-23T10:00:00Z",
                    e);
        }
    }

    private static StartPosition offset(long offset) {
        return bounded((first, end) -> offset);
    }

    private static StartPosition beforeEnd(long records) {
        return bounded((first, end) -> end - records);
    }

    private static StartPosition since(Instant time) {
        return (consumer, partitions, limit) -> {
            Map<TopicPartition, Long> times = partitions.stream()
                    .collect(Collectors.toMap(Function.identity(), partition -> time.toEpochMilli()));
            Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions, limit));
            for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                    consumer.offsetsForTimes(times, limit).entrySet()) {
                if (found.getValue() != null) {
                    offsets.put(found.getKey(), found.getValue().offset());
                }
            }
            return offsets;
        };
    }

    /** An offset that there isn't becomes the nearest there is: Kafka would begin with the first one. */
    private static StartPosition bounded(Choice choice) {
        return (consumer, partitions, limit) -> {
            Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions, limit);
            Map<TopicPartition, Long> offsets = new HashMap<>();
            consumer.endOffsets(partitions, limit).forEach((partition, end) -> {
                long first = firsts.getOrDefault(partition, 0L);
                offsets.put(partition, Math.max(first, Math.min(end, choice.offset(first, end))));
            });
            return offsets;
        };
    }

    /** An offset between the first one and the end. */
    interface Choice {
        long offset(long first, long end);
    }
}
