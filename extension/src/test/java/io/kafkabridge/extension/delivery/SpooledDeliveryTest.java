package io.kafkabridge.extension.delivery;

import java.util.List;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a delivery does with records while Kafka takes none. */
class SpooledDeliveryTest extends DeliveryFixture {

    @Test
    void record_thatComesTooLate_goesToTheSpoolWithAllBehindIt_andFromThereToKafkaInOrder() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final List<Outcome> outcomes = List.of(
                send("late", Persistence.OR_FAIL),
                send("qos 2", Persistence.UNTIL_SAFE),
                send("qos 0", Persistence.BEST_EFFORT),
                send("behind", Persistence.OR_FAIL));
        await().until(() -> FakeProducers.values(first).size() == 4);

        // When
        first.errorNext(new TimeoutException("too late"));

        // Then
        await().untilAsserted(() -> assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome.calls).containsExactly("safe")));
        assertThat(counter("spooled")).isEqualTo(4);
        final MockProducer<byte[], byte[]> drain = producers.next();
        final Outcome duringDrain = send("during the drain", Persistence.OR_FAIL);
        await().until(() ->
                FakeProducers.values(drain).equals(List.of("late", "qos 2", "qos 0", "behind", "during the drain")));
        assertThat(duringDrain.calls).containsExactly("safe");

        // When
        while (drain.completeNext()) {}

        // Then
        final MockProducer<byte[], byte[]> live = producers.next();
        await().until(() -> delivery.status().spooledRecords() == 0);
        final Outcome afterwards = send("live again", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(live).equals(List.of("live again")));
        assertThat(afterwards.calls).isEmpty();
        live.completeNext();
        assertThat(afterwards.calls).containsExactly("safe");
        assertThat(counter("forwarded")).isEqualTo(6);
        assertThat(delivery.status().inFlightBytes()).isZero();
        assertThat(delivery.status().spooledBytes()).isZero();
    }

    @Test
    void drain_thatFails_beginsAgainWithTheFirstRecordThatKafkaMayNotHave() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        send("1", Persistence.OR_FAIL);
        send("2", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(first).size() == 2);
        first.errorNext(new TimeoutException("too late"));
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).size() == 2);

        // When
        drain.errorNext(new TimeoutException("too late as well"));

        // Then
        final MockProducer<byte[], byte[]> second = producers.next();
        await().until(() -> FakeProducers.values(second).equals(List.of("1", "2")));
    }

    @Test
    void spool_ofAnEarlierRun_goesFirst() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> first = producers.next();
        final Outcome outcome = send("earlier", Persistence.OR_FAIL);
        await().until(() -> FakeProducers.values(first).size() == 1);
        first.errorNext(new TimeoutException("too late"));
        await().until(() -> outcome.calls.contains("safe"));
        stop();
        producers.next();

        // When
        delivery = newDelivery();
        delivery.start();
        send("now", Persistence.OR_FAIL);

        // Then
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).equals(List.of("earlier", "now")));
    }

    @Test
    void fullSpool_failsWhatComesAgain_andKeepsWhatDoesNot() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> drain = fillSpool();

        // When
        final Outcome full = send(LARGE, Persistence.OR_FAIL);
        await().until(() -> full.calls.size() == 1);
        final Outcome kept = send(LARGE, Persistence.UNTIL_SAFE);

        // Then
        assertThat(full.calls.peek()).startsWith("failed: ");
        assertThat(kept.calls).isEmpty();
        await().until(() -> drain.history().size() == 1);
        drain.completeNext();
        await().until(() -> drain.history().size() == 2);
        assertThat(kept.calls).containsExactly("safe");
    }

    @Test
    void stop_whileRecordsAreUnderWay_putsThemIntoTheSpool() throws Exception {
        // Given
        final MockProducer<byte[], byte[]> producer = producers.next();
        final Outcome outcome = send("under way", Persistence.BEST_EFFORT);
        await().until(() -> FakeProducers.values(producer).size() == 1);

        // When
        stop();

        // Then
        assertThat(counter("spooled")).isEqualTo(1);
        assertThat(outcome.calls).containsExactly("safe");
    }

    @Test
    void records_beyondTheBound_goToTheSpool_andQos0IsDropped() throws Exception {
        // Given
        producers.next();
        final byte[] large = new byte[600_000];
        final Outcome first = send(large, Persistence.OR_FAIL);

        // When
        final Outcome dropped = send(large, Persistence.BEST_EFFORT);
        final Outcome second = send(new byte[400_000], Persistence.OR_FAIL);
        final Outcome third = send(new byte[200_000], Persistence.OR_FAIL);

        // Then
        assertThat(dropped.calls).containsExactly("failed: more than <max-in-flight> is on its way already");
        assertThat(counter("dropped")).isEqualTo(1);
        producers.next();
        await().untilAsserted(() -> assertThat(List.of(first, second, third))
                .allSatisfy(outcome -> assertThat(outcome.calls).containsExactly("safe")));
        assertThat(counter("spooled")).isEqualTo(3);
    }

    @Test
    void records_thatWaitForMetadata_goToTheSpool() throws Exception {
        // Given: a producer without metadata.
        final MockProducer<byte[], byte[]> producer = producers.next();
        producer.partitionsForException = new TimeoutException("no metadata");
        producer.sendException = new TimeoutException("no metadata");

        // When
        final Outcome first = send("1", Persistence.OR_FAIL);
        final Outcome second = send("2", Persistence.UNTIL_SAFE);

        // Then
        await().until(() -> first.calls.contains("safe") && second.calls.contains("safe"));
        final MockProducer<byte[], byte[]> drain = producers.next();
        await().until(() -> FakeProducers.values(drain).equals(List.of("1", "2")));
    }
}
