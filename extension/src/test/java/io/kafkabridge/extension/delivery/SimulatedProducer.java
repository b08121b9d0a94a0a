package io.kafkabridge.extension.delivery;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.DoubleSupplier;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.kafkabridge.extension.kafka.Submission;

/**
 * A producer that does what {@code KafkaProducer} does, with {@code max.block.ms=0}, idempotence and one request in flight, a step
 * at a time: {@link #poll} is a turn of its I/O thread, {@link #arrive} the broker's work. What its thread does when it is told to
 * close comes with its next turn, and a request that is on its way then is written all the same.
 */
final class SimulatedProducer implements Producer<byte[], byte[]> {

    /** Records that it has room for. */
    private static final int BUFFER = 10;

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedProducer.class);

    private static final class Sent {
        private final ProducerRecord<byte[], byte[]> record;
        private final Callback callback;

        Sent(final ProducerRecord<byte[], byte[]> record, final Callback callback) {
            this.record = record;
            this.callback = callback;
        }
    }

    /** Records that are sent together; their place in their partition's order is fixed by the sequence. */
    private static final class Pending {
        private final TopicPartition place;
        private final List<Sent> records;
        private final long created;
        private int sequence = -1;
        private boolean done;

        Pending(final TopicPartition place, final List<Sent> records, final long created) {
            this.place = place;
            this.records = records;
            this.created = created;
        }
    }

    private final SimulatedKafka kafka;
    private final long timeoutNanos;
    private final long producerId;
    private final Map<String, Integer> metadata = new HashMap<>();
    private final Map<String, Errors> metadataErrors = new HashMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Map<TopicPartition, Deque<Pending>> queues =
            new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    private final Map<TopicPartition, Integer> sequences = new HashMap<>();
    private @Nullable Pending request;
    private SimulatedKafka.@Nullable Answer response;
    private boolean requestArrived;
    private boolean connected;
    private boolean forceClosed;
    private boolean ended;
    private double sent;

    /** Its I/O thread hangs, in a name server say. */
    boolean hangs;

    SimulatedProducer(final SimulatedKafka kafka, final Map<String, Object> settings) {
        this.kafka = kafka;
        this.timeoutNanos = Duration.ofMillis(Long.parseLong(String.valueOf(settings.get("delivery.timeout.ms"))))
                .toNanos();
        this.producerId = kafka.newProducerId();
        kafka.producers.add(this);
    }

    @Override
    public Future<RecordMetadata> send(final ProducerRecord<byte[], byte[]> record, final Callback callback) {
        if (forceClosed) {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        }
        final Integer count = metadata.get(record.topic());
        if (count == null || (record.partition() != null && record.partition() >= count)) {
            wanted.add(record.topic());
            final TimeoutException notYet = notYet(record.topic());
            callback.onCompletion(
                    new RecordMetadata(new TopicPartition(record.topic(), -1), -1, -1, -1, -1, -1), notYet);
            return CompletableFuture.failedFuture(notYet);
        }
        if (waiting() >= BUFFER) {
            final BufferExhaustedException full = new BufferExhaustedException("Failed to allocate memory within 0 ms");
            callback.onCompletion(new RecordMetadata(new TopicPartition(record.topic(), -1), -1, -1, -1, -1, -1), full);
            return CompletableFuture.failedFuture(full);
        }
        final int partition =
                record.partition() != null ? record.partition() : Math.floorMod(Arrays.hashCode(record.key()), count);
        final TopicPartition place = new TopicPartition(record.topic(), partition);
        final Deque<Pending> queue = queues.computeIfAbsent(place, each -> new ArrayDeque<>());
        final Pending last = queue.peekLast();
        if (last == null || last.sequence >= 0 || last.records.size() >= 4) {
            queue.addLast(new Pending(place, new ArrayList<>(), kafka.clock.getAsLong()));
        }
        queue.getLast().records.add(new Sent(record, callback));
        return new CompletableFuture<>();
    }

    private int waiting() {
        int records = request == null ? 0 : request.records.size();
        for (final Deque<Pending> queue : queues.values()) {
            for (final Pending batch : queue) {
                records += batch.records.size();
            }
        }
        return records;
    }

    private TimeoutException notYet(final String topic) {
        final Errors error = metadataErrors.get(topic);
        return error == null
                ? new TimeoutException("Topic " + topic + " not present in metadata after 0 ms.")
                : new TimeoutException("Topic " + topic + " not present in metadata", error.exception());
    }

    @Override
    public List<PartitionInfo> partitionsFor(final String topic) {
        final Integer count = metadata.get(topic);
        if (count == null) {
            wanted.add(topic);
            throw notYet(topic);
        }
        final List<PartitionInfo> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new PartitionInfo(topic, i, null, null, null));
        }
        return partitions;
    }

    /** A turn of its I/O thread. */
    void poll() {
        if (ended || hangs) {
            return;
        }
        if (forceClosed) {
            end();
            return;
        }
        connected = kafka.up;
        learn();
        handleResponse();
        if (forceClosed) {
            return; // By a callback: nothing more is sent.
        }
        final Pending next = request == null && connected ? drain() : null;
        expire();
        if (next != null) {
            // Drained before others expired; so it is sent even if their callbacks have closed the producer.
            request = next;
            requestArrived = false;
            sent += next.records.size();
        }
    }

    private void learn() {
        if (!connected) {
            return;
        }
        for (final String topic : List.copyOf(wanted)) {
            final int count = kafka.partitions(topic);
            final Errors error = kafka.metadataError != null
                    ? kafka.metadataError
                    : count == 0 ? Errors.UNKNOWN_TOPIC_OR_PARTITION : null;
            if (error == null) {
                metadata.put(topic, count);
                metadataErrors.remove(topic);
                wanted.remove(topic);
            } else if (!metadata.containsKey(topic)) {
                metadataErrors.put(topic, error);
            }
        }
    }

    private void handleResponse() {
        final Pending batch = request;
        if (batch == null) {
            return;
        }
        final SimulatedKafka.Answer answer = !connected && response == null
                ? new SimulatedKafka.Answer(Errors.NETWORK_EXCEPTION, Set.of())
                : response;
        if (answer == null) {
            return;
        }
        request = null;
        response = null;
        if (batch.done) {
            return;
        }
        final boolean late = kafka.clock.getAsLong() - batch.created >= timeoutNanos;
        if (answer.error() == Errors.NONE) {
            complete(batch);
        } else if (answer.error().exception() instanceof RetriableException && !late) {
            queues.computeIfAbsent(batch.place, place -> new ArrayDeque<>()).addFirst(batch);
            if (answer.error() == Errors.UNKNOWN_TOPIC_OR_PARTITION) {
                wanted.add(batch.place.topic());
            }
        } else {
            fail(batch, answer);
        }
    }

    private void complete(final Pending batch) {
        batch.done = true;
        for (final Sent each : batch.records) {
            callBack(each, new RecordMetadata(batch.place, 0, 0, 0, 0, 0), null);
            if (isTaken(each.callback)) {
                kafka.onConfirmed.accept(SimulatedKafka.place(each.record), producerId);
            }
        }
    }

    private void fail(final Pending batch, final SimulatedKafka.Answer answer) {
        batch.done = true;
        for (int i = 0; i < batch.records.size(); i++) {
            final Exception error = answer.bad().isEmpty() || answer.bad().contains(i)
                    ? answer.error().exception()
                    : new KafkaException(
                            "Failed to append record because it was part of a batch which had one more more invalid records");
            callBack(batch.records.get(i), null, error);
        }
    }

    private void abort(final Pending batch, final RuntimeException error) {
        if (!batch.done) {
            batch.done = true;
            batch.records.forEach(each -> callBack(each, null, error));
        }
    }

    /** Kafka catches what a callback throws, and goes on with the next one. */
    private static void callBack(
            final Sent sent, final @Nullable RecordMetadata metadata, final @Nullable Exception error) {
        try {
            sent.callback.onCompletion(metadata, error);
        } catch (final RuntimeException e) {
            LOG.debug("A callback has thrown", e);
        }
    }

    /** Whether the bridge has counted that Kafka has the record: it lets it go then. It doesn't when it was taken back before. */
    private static boolean isTaken(final Callback callback) {
        try {
            return callback instanceof Submission submission && submission.record() == null;
        } catch (final NullPointerException e) {
            return true;
        }
    }

    private @Nullable Pending drain() {
        final List<Deque<Pending>> ready =
                queues.values().stream().filter(queue -> !queue.isEmpty()).toList();
        if (ready.isEmpty()) {
            return null;
        }
        final Pending next = ready.get(kafka.random.nextInt(ready.size())).removeFirst();
        if (next.sequence < 0) {
            next.sequence = sequences.merge(next.place, 1, Integer::sum) - 1;
        }
        return next;
    }

    private void expire() {
        final long now = kafka.clock.getAsLong();
        final Pending inFlight = request;
        if (inFlight != null && now - inFlight.created >= timeoutNanos) {
            abort(inFlight, new TimeoutException("Expiring a batch in flight"));
        }
        for (final Deque<Pending> queue : queues.values()) {
            while (!queue.isEmpty() && now - queue.getFirst().created >= timeoutNanos) {
                abort(queue.removeFirst(), new TimeoutException("Expiring a batch"));
            }
        }
    }

    /** The end of its I/O thread: all that isn't complete is aborted. */
    private void end() {
        ended = true;
        final KafkaException error = new KafkaException("Producer is closed forcefully.");
        if (request != null) {
            abort(request, error);
        }
        for (final Deque<Pending> queue : queues.values()) {
            queue.forEach(batch -> abort(batch, error));
            queue.clear();
        }
    }

    /** Whether a request is on its way that the broker hasn't seen; also of a producer that was closed since. */
    boolean hasRequest() {
        return request != null && !requestArrived && response == null;
    }

    /** The broker handles the request. */
    void arrive() {
        final Pending batch = request;
        if (batch == null || !kafka.up) {
            return;
        }
        requestArrived = true;
        final SimulatedKafka.Answer answer = kafka.write(new SimulatedKafka.Batch(
                batch.place.topic(),
                batch.place.partition(),
                producerId,
                batch.sequence,
                batch.records.stream().map(each -> each.record).toList()));
        response = kafka.losesAnswers ? new SimulatedKafka.Answer(Errors.NETWORK_EXCEPTION, Set.of()) : answer;
    }

    /** Its process is gone: nobody is called back. A request that is on its way may still arrive. */
    void die() {
        ended = true;
        queues.clear();
    }

    /** Whether it has nothing to do any more, ever. */
    boolean isGone() {
        return ended && !hasRequest();
    }

    @Override
    public void close(final Duration timeout) {
        forceClosed = true;
    }

    @Override
    public void close() {
        close(Duration.ZERO);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of(
                name("connection-count"), metric("connection-count", () -> connected ? 1 : 0),
                name("buffer-total-bytes"), metric("buffer-total-bytes", () -> 1_000_000),
                name("buffer-available-bytes"), metric("buffer-available-bytes", () -> isEmpty() ? 1_000_000 : 0),
                name("record-send-total"), metric("record-send-total", () -> sent));
    }

    private boolean isEmpty() {
        return request == null && queues.values().stream().allMatch(Deque::isEmpty);
    }

    private static MetricName name(final String name) {
        return new MetricName(name, "producer-metrics", "", Map.of());
    }

    private static Metric metric(final String name, final DoubleSupplier value) {
        return new Metric() {
            @Override
            public MetricName metricName() {
                return name(name);
            }

            @Override
            public Object metricValue() {
                return value.getAsDouble();
            }
        };
    }

    @Override
    public Future<RecordMetadata> send(final ProducerRecord<byte[], byte[]> record) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void initTransactions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beginTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendOffsetsToTransaction(
            final Map<TopicPartition, OffsetAndMetadata> offsets, final ConsumerGroupMetadata group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commitTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abortTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerMetricForSubscription(final KafkaMetric metric) {}

    @Override
    public void unregisterMetricFromSubscription(final KafkaMetric metric) {}

    @Override
    public void flush() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uuid clientInstanceId(final Duration timeout) {
        throw new UnsupportedOperationException();
    }
}
