package io.kafkabridge.extension.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MissingTopicsTest {

    private static final Duration LIMIT = Duration.ofSeconds(4);

    private final TimeoutException missing =
            new TimeoutException("no metadata", new UnknownTopicOrPartitionException("no such topic"));
    private final FakeClock clock = new FakeClock();
    private final MissingTopics topics = new MissingTopics(LIMIT, clock);
    private final KafkaSender sender = new KafkaSender(
            new MockProducer<>(
                    new Cluster(
                            "c",
                            List.of(new Node(0, "localhost", 9092)),
                            List.of(
                                    new PartitionInfo("t", 0, null, null, null),
                                    new PartitionInfo("t", 1, null, null, null)),
                            Set.of(),
                            Set.of()),
                    true,
                    null,
                    new ByteArraySerializer(),
                    new ByteArraySerializer()),
            Runnable::run,
            () -> {},
            clock);

    private static ProducerRecord<byte[], byte[]> record(final @Nullable Integer partition) {
        return new ProducerRecord<>("t", partition, 0L, null, "v".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void giveUp_beforeTheLimit_waits_andAfterIt_tellsTheTopicsError() {
        // When, Then
        assertThat(topics.giveUp("t", missing)).isNull();
        assertThat(topics.contains("t")).isTrue();

        // When
        clock.advance(LIMIT);

        // Then
        assertThat(topics.giveUp("t", missing)).isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void giveUp_ofATopicThatWasMissing_whileKafkaIsAway_waits() {
        // Given
        topics.giveUp("t", missing);
        clock.advance(LIMIT);

        // When this refusal says nothing about the topic
        final Exception reason = topics.giveUp("t", new TimeoutException("no metadata"));

        // Then
        assertThat(reason).isNull();
        assertThat(topics.contains("t")).as("what Kafka said last").isFalse();
    }

    @Test
    void note_thatTheTopicIsThere_forgetsHowLongItWasMissing() {
        // Given
        topics.giveUp("t", missing);
        clock.advance(LIMIT);

        // When
        topics.note("t", null);

        // Then
        assertThat(topics.contains("t")).isFalse();
        assertThat(topics.giveUp("t", missing)).isNull();
    }

    @Test
    void giveUpPartition_thatTheTopicHas_orNone_waits() {
        assertThat(topics.giveUpPartition(record(1), sender)).isNull();
        assertThat(topics.giveUpPartition(record(null), sender)).isNull();
    }

    @Test
    void giveUpPartition_thatTheTopicLacks_asksAgainBeforeItTellsWhy() {
        // When
        final Exception first = topics.giveUpPartition(record(2), sender);
        clock.advance(Duration.ofMillis(500));
        final Exception second = topics.giveUpPartition(record(2), sender);

        // Then
        assertThat(first).isNull();
        assertThat(second)
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("Kafka topic t has no partition 2; its last is 1");
        assertThat(topics.giveUpPartition(record(3), sender))
                .as("the next one doesn't hold up the topic again")
                .isNotNull();
        assertThat(topics.giveUpPartition(record(1), sender)).isNull();
    }

    @Test
    void giveUpPartition_withoutMetadata_waits() {
        // Given
        sender.stop();

        // When, Then
        assertThat(topics.giveUpPartition(new ProducerRecord<>("other", 0, null, null), sender))
                .isNull();
    }
}
