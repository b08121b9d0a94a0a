package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.kafka.FakeClock;
import io.kafkabridge.extension.kafka.HeldProducer;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.MissingTopics;
import io.kafkabridge.extension.kafka.TopicCreator;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.spool.Spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpoolRoomTest {

    private static final KafkaCluster CLUSTER = new KafkaCluster(
            "c1",
            "127.0.0.1:9092",
            Optional.empty(),
            Optional.empty(),
            Limits.DEFAULT,
            new SpoolSettings(1 << 20, 0, Duration.ZERO),
            Optional.empty(),
            List.of());

    @TempDir
    Path data;

    private final FakeClock clock = new FakeClock();
    private final KafkaClients clients =
            new KafkaClients(CLUSTER, settings -> new HeldProducer(), Runnable::run, clock);
    private final List<SpoolWriter<SpoolWriterTest.SpooledText>> writers = new ArrayList<>();
    private @Nullable Exception refusal;
    private @Nullable Spool spool;

    private SpoolRoom<SpoolWriterTest.SpooledText> room() {
        final SpoolPace pace = new SpoolPace(() -> false);
        return new SpoolRoom<>(
                CLUSTER,
                data,
                (folder, limits) -> {
                    if (refusal instanceof IOException io) {
                        throw io;
                    }
                    if (refusal instanceof RuntimeException unchecked) {
                        throw unchecked;
                    }
                    return Spool.open(folder, limits);
                },
                opened -> {
                    spool = opened;
                    return new SpoolWriter<>("c1", new SpoolWriterTest(), opened, pace, () -> {}, clock);
                },
                opened -> new SpoolDrain(
                        opened,
                        clients,
                        (record, reason) -> {},
                        new MissingTopics(Duration.ofSeconds(1), clock),
                        new TopicCreator("c1", clients, () -> {}, clock),
                        Map.of(),
                        pace,
                        new ClusterMetrics(new MetricRegistry(), "c1"),
                        () -> {},
                        clock),
                writers::add,
                clock);
    }

    @Test
    void beforeItIsOpen_thereIsNothing_andClosingIsFine() {
        // Given
        final SpoolRoom<SpoolWriterTest.SpooledText> room = room();

        // When, Then
        assertThat(room.isOpen()).isFalse();
        assertThat(room.records()).isZero();
        assertThat(room.bytes()).isZero();
        assertThat(room.freeBytes()).isZero();
        assertThat(room.hasRoom(room.freeBytes())).isFalse();
        assertThat(room.oldest()).isZero();
        assertThat(room.isWritten()).isTrue();
        assertThatThrownBy(room::drain).hasMessage("the spool isn't open");
        room.close();
    }

    @Test
    void spoolThatCantBeOpened_isTriedAgainAfterASecond() {
        // Given
        final SpoolRoom<SpoolWriterTest.SpooledText> room = room();
        refusal = new IOException("no such disk");
        assertThat(room.open()).isSameAs(refusal);

        // When, Then
        refusal = null;
        assertThat(room.open()).as("not tried now").isNull();
        assertThat(room.isOpen()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(room.open()).isNull();
        assertThat(room.isOpen()).isTrue();
        assertThat(writers).hasSize(1);
        assertThat(room.isWritten()).isFalse();
        room.close();
    }

    @Test
    void folderThatCantBeListed_isToldAsAnyOther() {
        // Given
        final SpoolRoom<SpoolWriterTest.SpooledText> room = room();
        refusal = new UncheckedIOException(new IOException("no such disk"));

        // When, Then
        assertThat(room.open()).hasRootCauseMessage("no such disk");
        assertThat(room.isOpen()).isFalse();
    }

    @Test
    void rate_isThatOfTheLastSeconds() throws IOException {
        // Given
        final SpoolRoom<SpoolWriterTest.SpooledText> room = room();
        room.open();
        final Spool opened = Objects.requireNonNull(spool);
        for (int i = 0; i < 10; i++) {
            opened.append(List.of(new Spool.Entry("m1", new ProducerRecord<>("t", new byte[10]))));
        }
        assertThat(room.records()).isEqualTo(10);
        room.measure();

        // When
        opened.consumed(6);
        clock.advance(Duration.ofSeconds(2));
        room.measure();

        // Then
        assertThat(room.perSecond()).isEqualTo(3);
        assertThat(room.records()).isEqualTo(4);
        assertThat(room.start()).isEqualTo(6);
        room.close();
    }

    @Test
    void hasRoom_whileACommitFits() {
        final SpoolRoom<SpoolWriterTest.SpooledText> room = room();
        assertThat(room.hasRoom(1 << 18)).isTrue();
        assertThat(room.hasRoom((1 << 18) - 1)).isFalse();
    }
}
