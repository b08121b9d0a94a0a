package io.kafkabridge.extension.delivery;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.kafka.KafkaErrors;

/** A cluster of one broker that answers as it is told to. What it has written is the truth that schedules are checked by. */
final class SimulatedKafka {

    /** The value of a record that a broker refuses, alone, by its timestamp. */
    static final String BAD = "!";

    /** A batch on its way: the records, and what makes the broker know it again. */
    record Batch(
            String topic, int partition, long producerId, int sequence, List<ProducerRecord<byte[], byte[]>> records) {}

    /**
     * An answer for a batch.
     *
     * @param bad the records that are refused themselves
     */
    record Answer(Errors error, Set<Integer> bad) {}

    private static final class Topic {
        private final List<List<String>> partitions = new ArrayList<>();

        Topic(final int count) {
            for (int i = 0; i < count; i++) {
                partitions.add(new ArrayList<>());
            }
        }
    }

    final Random random;
    final LongSupplier clock;

    /** All producers that weren't ended yet. */
    final List<SimulatedProducer> producers = new ArrayList<>();

    /** What was ever written: the values by topic and partition, in order; of a topic that was made again, behind those before. */
    final Map<String, List<String>> written = new TreeMap<>();

    /** The places of what was ever written. */
    final Set<String> stored = new HashSet<>();

    /** Told of each record that the bridge knows to be written. */
    BiConsumer<String, Long> onConfirmed = (place, producerId) -> {};

    /** What was refused for good, though it may be taken later: if HiveMQ dies meanwhile, it comes again, behind what came since. */
    final Set<String> refused = new HashSet<>();

    boolean up = true;

    /** Errors that produce requests get instead of being written. */
    @Nullable
    Errors answer;

    /** Whether the answer to what was written gets lost. */
    boolean losesAnswers;

    /** Whether topics' metadata are refused. */
    @Nullable
    Errors metadataError;

    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> grown = new HashSet<>();
    private final Map<String, Topic> topics = new HashMap<>();

    /** Of each producer and partition, the sequence of the next batch. */
    private final Map<String, Integer> sequences = new HashMap<>();

    private final Map<String, Integer> incarnations = new HashMap<>();
    private long nextProducerId;

    SimulatedKafka(final Random random, final LongSupplier clock) {
        this.random = random;
        this.clock = clock;
    }

    void create(final String topic, final int partitions) {
        topics.put(topic, new Topic(partitions));
    }

    /** Makes a topic that was deleted, with as many partitions as it had: others would send keys to other partitions. */
    void createAgain(final String topic) {
        create(topic, counts.getOrDefault(topic, 1));
    }

    void delete(final String topic) {
        counts.put(topic, partitions(topic));
        topics.remove(topic);
        incarnations.merge(topic, 1, Integer::sum);
    }

    void addPartition(final String topic) {
        final Topic known = topics.get(topic);
        if (known != null) {
            known.partitions.add(new ArrayList<>());
            grown.add(topic);
        }
    }

    /** Whether a topic got more partitions: from then on keys go elsewhere, also those of records that come back. */
    boolean hasGrown(final String topic) {
        return grown.contains(topic);
    }

    /** How many partitions a topic has; 0 when it doesn't exist. */
    int partitions(final String topic) {
        final Topic known = topics.get(topic);
        return known == null ? 0 : known.partitions.size();
    }

    long newProducerId() {
        return nextProducerId++;
    }

    /** Handles a produce request, as a broker with idempotent producers does. */
    Answer write(final Batch batch) {
        final Topic topic = topics.get(batch.topic());
        if (topic == null || batch.partition() >= topic.partitions.size()) {
            return new Answer(Errors.UNKNOWN_TOPIC_OR_PARTITION, Set.of());
        }
        if (answer != null) {
            if (KafkaErrors.concernsRecord(answer.exception())) {
                batch.records().forEach(record -> refused.add(text(record)));
            }
            return new Answer(answer, Set.of());
        }
        final Set<Integer> bad = new HashSet<>();
        for (int i = 0; i < batch.records().size(); i++) {
            if (text(batch.records().get(i)).endsWith(BAD)) {
                bad.add(i);
            }
        }
        if (!bad.isEmpty()) {
            return new Answer(Errors.INVALID_TIMESTAMP, bad);
        }
        final String place =
                batch.topic() + "-" + incarnations.getOrDefault(batch.topic(), 0) + "-" + batch.partition();
        final String sequence = batch.producerId() + "@" + place;
        if (batch.sequence() < sequences.getOrDefault(sequence, 0)) {
            return new Answer(Errors.NONE, Set.of()); // It has it: the answer got lost.
        }
        sequences.put(sequence, batch.sequence() + 1);
        final List<String> log =
                written.computeIfAbsent(batch.topic() + "-" + batch.partition(), name -> new ArrayList<>());
        batch.records().forEach(record -> {
            log.add(text(record));
            stored.add(place(record));
        });
        return new Answer(Errors.NONE, Set.of());
    }

    /** The place of a record, see {@link SimulatedPromises}. */
    static String place(final ProducerRecord<byte[], byte[]> record) {
        return place(record.topic(), text(record));
    }

    static String place(final String topic, final String text) {
        return topic + " " + text;
    }

    static String text(final ProducerRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
