package io.kafkabridge.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class KafkaProxyTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private KafkaProxy proxy;
    private Kafka kafka;

    @BeforeAll
    void start(@TempDir final Path folder) {
        final int port = Ports.free();
        proxy = KafkaProxy.to(port);
        kafka = Kafka.builder()
                .folder(folder)
                .listener(SecurityProtocol.PLAINTEXT, port, proxy.port())
                .start();
    }

    @AfterEach
    void pass() {
        proxy.pass();
    }

    @AfterAll
    void stop() {
        kafka.close();
        proxy.close();
    }

    private String newTopic(final int partitions) {
        final String name = "t" + NUMBER.incrementAndGet();
        kafka.createTopic(name, partitions);
        return name;
    }

    private KafkaProducer<String, String> producer(final Map<String, Object> more) {
        final Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("client.id", "tester");
        settings.putIfAbsent("linger.ms", 200); // One batch of what a test sends.
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private List<String> values(final String topic, final int partition) {
        final Map<String, Object> settings = new HashMap<>(kafka.adminProperties());
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            final TopicPartition place = new TopicPartition(topic, partition);
            consumer.assign(List.of(place));
            consumer.seekToBeginning(List.of(place));
            final long end =
                    Objects.requireNonNull(consumer.endOffsets(List.of(place)).get(place));
            final List<String> values = new ArrayList<>();
            while (consumer.position(place) < end) {
                for (final ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
            return values;
        }
    }

    private static ProducerRecord<String, String> record(final String topic, final int partition, final String value) {
        return new ProducerRecord<>(topic, partition, null, value);
    }

    @Test
    void batches_thatARuleRefusesOnce_arriveOnceAtTheSecondTry() throws Exception {
        // Given
        final String topic = newTopic(1);
        final AtomicInteger asked = new AtomicInteger();
        final List<ProducedBatch> seen = new ArrayList<>();
        proxy.batches(batch -> {
            seen.add(batch);
            return asked.incrementAndGet() == 1 ? BatchFault.refused(Errors.NOT_ENOUGH_REPLICAS) : null;
        });

        // When
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.send(record(topic, 0, "ä")).get();
        }

        // Then
        assertThat(values(topic, 0)).containsExactly("ä");
        assertThat(seen)
                .containsExactly(
                        new ProducedBatch("tester", topic, 0, List.of("ä")),
                        new ProducedBatch("tester", topic, 0, List.of("ä")));
    }

    @Test
    void refusedBatch_doesNotTouchThoseOfOtherPartitionsInItsRequest() throws Exception {
        // Given
        final String topic = newTopic(2);
        proxy.batches(batch -> batch.partition() == 0 ? BatchFault.refused(Errors.POLICY_VIOLATION) : null);

        // When
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            final Future<?> refused = producer.send(record(topic, 0, "a"));
            final Future<?> taken = producer.send(record(topic, 1, "b"));

            // Then
            assertThatThrownBy(refused::get).hasCauseInstanceOf(PolicyViolationException.class);
            taken.get();
        }
        assertThat(values(topic, 0)).isEmpty();
        assertThat(values(topic, 1)).containsExactly("b");
    }

    @Test
    void badRecords_getTheirError_andNothingOfTheirBatchIsWritten() {
        // Given
        final String topic = newTopic(1);
        proxy.batches(batch -> BatchFault.badRecords(
                Errors.INVALID_TIMESTAMP, List.of(batch.values().indexOf("2"))));

        // When
        final List<Throwable> errors = new ArrayList<>();
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            final List<? extends Future<?>> sent = IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> producer.send(record(topic, 0, Integer.toString(i))))
                    .toList();
            sent.forEach(each -> errors.add(((ExecutionException) catchThrowable(each::get)).getCause()));
        }

        // Then: as a broker does it
        assertThat(errors.get(1)).isInstanceOf(InvalidTimestampException.class);
        assertThat(List.of(errors.get(0), errors.get(2))).allSatisfy(error -> assertThat(error)
                .isNotInstanceOf(InvalidTimestampException.class)
                .hasMessageContaining("part of a batch"));
        assertThat(values(topic, 0)).isEmpty();
    }

    @Test
    void lostAnswer_isSentAgain_andIsInKafkaOnce() throws Exception {
        // Given
        final String topic = newTopic(1);
        final AtomicInteger asked = new AtomicInteger();
        proxy.batches(batch -> asked.incrementAndGet() == 1 ? BatchFault.lostAnswer() : null);

        // When
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            producer.send(record(topic, 0, "a")).get();
        }

        // Then
        assertThat(asked).hasValue(2);
        assertThat(values(topic, 0)).containsExactly("a");
    }

    @Test
    void writtenButWithAnError_isInKafka_whateverTheProducerIsTold() {
        // Given
        final String topic = newTopic(1);
        proxy.batches(batch -> BatchFault.writtenBut(Errors.POLICY_VIOLATION).after(Duration.ofMillis(300)));

        // When
        final long start = System.nanoTime();
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            final Future<?> sent = producer.send(record(topic, 0, "a"));

            // Then
            assertThatThrownBy(sent::get).hasCauseInstanceOf(PolicyViolationException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
        assertThat(values(topic, 0)).containsExactly("a");
    }

    @Test
    void answers_areChanged_forThoseWhomTheRuleMeans() throws Exception {
        // Given
        final String topic = newTopic(1);
        proxy.answers(ApiKeys.METADATA, (clientId, answer) -> {
            if (clientId.equals("tester")) {
                ((MetadataResponseData) answer)
                        .topics()
                        .forEach(each -> each.setErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code()));
            }
        });

        // When, then
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            assertThatThrownBy(() -> producer.send(record(topic, 0, "a")).get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);

            // When, then
            proxy.pass();
            producer.send(record(topic, 0, "b")).get();
        }
        assertThat(values(topic, 0)).containsExactly("b");
    }

    @Test
    void reset_isNoMoreThanARetry_sinceKafkaTellsTheProxysPort() throws Exception {
        // Given
        final String topic = newTopic(1);
        try (KafkaProducer<String, String> producer = producer(Map.of("linger.ms", 0))) {
            producer.send(record(topic, 0, "a")).get();

            // When
            proxy.reset();
            producer.send(record(topic, 0, "b")).get();
        }

        // Then
        assertThat(values(topic, 0)).containsExactly("a", "b");
    }
}
