package io.kafkabridge.extension.delivery;

import java.util.List;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A delivery with other settings takes over from one while records flow. */
class TakeoverTest extends DeliveryFixture {

    @Test
    void newRecords_waitUntilTheOldDeliveryHasSentItsOwn() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final Outcome old = send("old", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(first).equals(List.of("old")));
        final KafkaDelivery predecessor = delivery;

        // When
        delivery = newDelivery(predecessor);
        delivery.start();
        final Outcome held = send("new", Persistence.OR_FAIL);

        // Then
        assertThat(held.calls).isEmpty();

        // When
        first.completeNext();
        predecessor.stop();
        predecessor.awaitStopped();

        // Then
        assertThat(old.calls).containsExactly("safe");
        final MockProducer<byte[], byte[]> second = producers.next();
        await().until(() -> FakeProducers.values(second).equals(List.of("new")));
        second.completeNext();
        assertThat(held.calls).containsExactly("safe");
        assertThat(delivery.status().inFlightBytes()).isZero();
    }

    @Test
    void whatTheOldDeliveryCouldNotSend_goesFirst() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final Outcome underWay = send("under way", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(first).equals(List.of("under way")));
        final KafkaDelivery predecessor = delivery;
        delivery = newDelivery(predecessor);
        delivery.start();
        send("new", Persistence.OR_FAIL);

        // When
        predecessor.stop();
        predecessor.awaitStopped();

        // Then
        assertThat(underWay.calls).containsExactly("safe");
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).equals(List.of("under way", "new")));
    }

    @Test
    void recordForTheOldDelivery_thatComesLate_isPassedOn() throws Exception {
        // Given
        producers.next();
        final KafkaDelivery predecessor = delivery;
        delivery = newDelivery(predecessor);
        delivery.start();
        predecessor.stop();
        predecessor.awaitStopped();
        final MockProducer<byte[], byte[]> second = producers.next();
        final Outcome late = new Outcome();
        final Outcome rejected = new Outcome();

        // When
        predecessor.send(new ProducerRecord<>("t", "late".getBytes(UTF_8)), Persistence.OR_FAIL, late, origin);
        predecessor.reject(
                new ProducerRecord<>("a/b", new byte[1]),
                new IllegalArgumentException("no topic"),
                Persistence.OR_FAIL,
                rejected,
                origin);

        // Then
        await().until(() -> FakeProducers.values(second).contains("late"));
        await().until(() -> rejected.calls.contains("safe"));
        await().until(second::completeNext);
        await().until(() -> late.calls.contains("safe"));
        assertThat(counter("rejected")).isEqualTo(1);
        assertThat(counter("pending")).isZero();
    }

    @Test
    void qos2Record_thatFoundNoRoomInTheSpool_isTakenOver() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> firstDrain = fillSpool();
        await().until(() -> firstDrain.history().size() == 1);
        final Outcome kept = send(LARGE, Persistence.UNTIL_SAFE);
        final KafkaDelivery predecessor = delivery;
        delivery = newDelivery(predecessor);
        delivery.start();

        // When
        predecessor.stop();
        predecessor.awaitStopped();

        // Then
        assertThat(kept.calls).isEmpty();
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> drain.history().size() == 1);
        drain.completeNext();
        await().until(() -> drain.history().size() == 2);
        assertThat(kept.calls).containsExactly("safe");
    }

    @Test
    void recordForADeliveryThatNobodyFollows_fails() throws Exception {
        // Given
        producers.next();
        delivery.stop();
        delivery.awaitStopped();

        // When
        final Outcome late = send("late", Persistence.OR_FAIL);

        // Then
        assertThat(late.calls).containsExactly("failed: the bridge doesn't serve its Kafka cluster any more");
        assertThat(delivery.status().inFlightBytes()).isZero();
    }
}
