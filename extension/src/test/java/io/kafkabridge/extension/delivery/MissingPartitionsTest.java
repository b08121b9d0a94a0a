package io.kafkabridge.extension.delivery;

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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MissingPartitionsTest {

    private final MissingPartitions partitions = new MissingPartitions();
    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            new Cluster(
                    "c",
                    List.of(new Node(0, "localhost", 9092)),
                    List.of(new PartitionInfo("t", 0, null, null, null), new PartitionInfo("t", 1, null, null, null)),
                    Set.of(),
                    Set.of()),
            true,
            null,
            new ByteArraySerializer(),
            new ByteArraySerializer());

    private static ProducerRecord<byte[], byte[]> record(final @Nullable Integer partition) {
        return new ProducerRecord<>("t", partition, 0L, null, "v".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void giveUp_ofAPartitionThatTheTopicHas_orNone_waits() {
        assertThat(partitions.giveUp(record(1), producer)).isNull();
        assertThat(partitions.giveUp(record(null), producer)).isNull();
    }

    @Test
    void giveUp_ofAPartitionThatTheTopicLacks_asksAgainBeforeItTellsWhy() {
        // When
        final Exception first = partitions.giveUp(record(2), producer);

        // Then
        assertThat(first).isNull();
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(partitions.giveUp(record(2), producer))
                        .isInstanceOf(InvalidRecordException.class)
                        .hasMessage("Kafka topic t has no partition 2; its last is 1"));
        assertThat(partitions.giveUp(record(3), producer))
                .as("the next one doesn't hold up the topic again")
                .isNotNull();
        assertThat(partitions.giveUp(record(1), producer)).isNull();
    }

    @Test
    void giveUp_withoutMetadata_waits() {
        producer.close();

        assertThat(partitions.giveUp(new ProducerRecord<>("other", 0, null, null), producer))
                .isNull();
    }
}
