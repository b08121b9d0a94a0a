package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.kafka.FakeClock;
import io.kafkabridge.extension.kafka.HeldProducer;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.MissingTopics;
import io.kafkabridge.extension.kafka.NotedSubmission;
import io.kafkabridge.extension.kafka.TopicCreator;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The drain step by step. */
class SpoolDrainTest {

    private static final int MIB = 1 << 20;
    private static final KafkaCluster CLUSTER = new KafkaCluster(
            "c1",
            "127.0.0.1:9092",
            Optional.empty(),
            Optional.empty(),
            Limits.DEFAULT,
            new SpoolSettings(16 * MIB, 0, Duration.ZERO),
            Optional.empty(),
            List.of());

    @TempDir
    Path folder;

    private String missing = "";
    private final FakeClock clock = new FakeClock();
    private final List<HeldProducer> producers = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final KafkaClients clients = new KafkaClients(
            CLUSTER,
            settings -> {
                producers.add(new HeldProducer(topic -> {
                    if (topic.equals(missing)) {
                        throw new TimeoutException(
                                "no metadata", new UnknownTopicOrPartitionException("no such topic"));
                    }
                }));
                return producer();
            },
            Runnable::run,
            clock);
    private Spool spool;
    private SpoolDrain drain;

    private HeldProducer producer() {
        return producers.get(producers.size() - 1);
    }

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(folder.resolve("spool"), new SpoolLimits(16 * MIB, 0, MIB));
        drain = new SpoolDrain(
                spool,
                clients,
                (record, reason) -> {
                    rejected.add(new String(record.record().value(), UTF_8) + ": " + reason.getMessage());
                    record.rejected(reason);
                },
                new MissingTopics(CLUSTER.missingTopicTimeout(), clock),
                new TopicCreator("c1", clients, () -> {}, clock),
                Map.of(),
                new SpoolPace(() -> false),
                new ClusterMetrics(new MetricRegistry(), "c1"),
                () -> {},
                clock);
    }

    @AfterEach
    void close() throws IOException {
        drain.close();
        spool.close();
    }

    private void append(final String topic, final String... values) throws IOException {
        final List<Spool.Entry> entries = new ArrayList<>();
        for (final String value : values) {
            entries.add(new Spool.Entry("m1", new ProducerRecord<>(topic, value.getBytes(UTF_8))));
        }
        spool.append(entries);
    }

    @Test
    void records_areForgottenOnceKafkaHasThem_inAnyOrderOfItsAnswers() throws IOException {
        // Given
        append("t", "1", "2", "3");
        drain.step();
        assertThat(producer().values).containsExactly("1", "2", "3");
        assertThat(drain.isAtEnd()).isTrue();
        assertThat(drain.isDelivering()).isFalse();

        // When
        producer().acknowledge(2);
        producer().acknowledge(0);
        drain.step();

        // Then
        assertThat(spool.start()).as("the second one isn't there").isZero();
        assertThat(drain.isDone()).isFalse();
        producer().acknowledge(1);
        drain.step();
        assertThat(spool.start()).isEqualTo(3);
        assertThat(drain.isDone()).isTrue();
        assertThat(drain.isDelivering()).isTrue();
    }

    @Test
    void window_boundsWhatIsUnderWay() throws IOException {
        // Given
        for (int i = 0; i < 10; i++) {
            append("t", "x".repeat(MIB));
        }

        // When
        drain.step();

        // Then
        assertThat(producer().values).hasSize(4);
        producer().acknowledge(0);
        drain.step();
        assertThat(producer().values).hasSize(5);
    }

    @Test
    void producerThatFails_isReplacedAfterAPause_andTheNextGetsOnlyWhatWasUnderWay() throws IOException {
        // Given
        append("t", "1", "2", "3");
        drain.step();
        final HeldProducer first = producer();
        first.acknowledge(0);
        first.refuse(1, new TimeoutException("too late"));
        first.refuse(2, new KafkaException("aborted"));

        // When
        drain.step();
        assertThat(producers).as("a pause").hasSize(1);
        assertThat(drain.cause()).hasMessage("too late");
        clock.advance(Duration.ofMillis(500));
        drain.step();

        // Then
        assertThat(producer().values).containsExactly("2", "3");
        assertThat(first.closed()).isTrue();
        producer().acknowledge(0);
        producer().acknowledge(1);
        drain.step();
        assertThat(spool.start()).isEqualTo(3);
        assertThat(drain.cause()).isNull();
    }

    @Test
    void badRecord_isRejectedOnce_andItsBatchMatesGoAgain() throws IOException {
        // Given
        append("t", "good", "bad", "fine");
        drain.step();

        // When
        producer().refuse(0, new KafkaException("its batch mate was bad"));
        producer().refuse(1, new RecordTooLargeException("1 MB at most"));
        producer().refuse(2, new KafkaException("aborted"));
        drain.step();
        clock.advance(Duration.ofMillis(20));
        drain.step();

        // Then
        assertThat(producer().values).containsExactly("good", "fine");
        producer().acknowledge(0);
        producer().acknowledge(1);
        drain.step();
        assertThat(spool.start()).isEqualTo(3);
        assertThat(rejected).containsExactly("bad: 1 MB at most");
    }

    @Test
    void topicThatIsMissing_holdsUpNoOther_andItsRecordsAreRejectedInTheEnd() throws IOException {
        // Given
        append("gone", "1", "2");
        append("t", "3");
        append("gone", "4");
        missing = "gone";

        // When
        drain.step();
        drain.step();

        // Then
        assertThat(producer().values).containsExactly("3");
        producer().acknowledge(0);
        assertThat(rejected).isEmpty();
        assertThat(drain.isAtEnd()).isFalse();
        clock.advance(CLUSTER.missingTopicTimeout());
        drain.step();
        assertThat(rejected).containsExactly("1: no such topic", "2: no such topic", "4: no such topic");
        assertThat(drain.isDone()).isTrue();
        assertThat(spool.start()).isEqualTo(4);
    }

    @Test
    void finish_sendsNothingNew_andWaitsForWhatIsUnderWay() throws IOException {
        // Given
        append("t", "1");
        drain.step();
        producer().figures(1, 0, 0, 0);
        append("t", "2");

        // When, Then
        assertThat(drain.finish()).isFalse();
        assertThat(producer().values).containsExactly("1");
        producer().acknowledge(0);
        assertThat(drain.finish()).isTrue();
        assertThat(spool.start()).isEqualTo(1);
    }

    @Test
    void finish_withoutABroker_isOverAfterASecond() throws IOException {
        // Given
        append("t", "1");
        drain.step();

        // When, Then
        assertThat(drain.finish()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(drain.finish()).isTrue();
    }

    @Test
    void pause_givesBackWhatIsntTheSpools() throws IOException {
        // Given a copy of a rejected record, which goes with the drain's producer
        append("t", "1");
        drain.step();
        final NotedSubmission copy = new NotedSubmission("dead", "copy");
        final KafkaSender sender = Objects.requireNonNull(drain.sender());
        sender.send(copy, 0);
        producer().acknowledge(0);
        drain.step();
        assertThat(drain.isDone()).isTrue();

        // When
        drain.pause();

        // Then
        assertThat(copy.calls).containsExactly("failed: the producer was replaced");
        assertThat(producer().closed()).isTrue();
        append("t", "2");
        drain.step();
        assertThat(producer().values).as("a new producer").containsExactly("2");
    }
}
