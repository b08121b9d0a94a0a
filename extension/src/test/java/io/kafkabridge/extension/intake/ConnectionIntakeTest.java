package io.kafkabridge.extension.intake;

import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.Persistence;

import static org.assertj.core.api.Assertions.assertThat;

/** What a client sees of its publishes, whatever becomes of their records and when. */
class ConnectionIntakeTest extends IntakeFixture {

    @Test
    void puback_waitsUntilTheRecordIsSafe() {
        // Given
        final FakeClient client = connect();
        client.publish(1, 1, "one/a", "x");
        assertThat(client.received()).isEmpty();

        // When
        delivery.last().safe();

        // Then
        assertThat(client.received()).containsExactly("PUBACK 1");
        assertThat(delivery.last().persistence()).isEqualTo(Persistence.OR_FAIL);
    }

    @Test
    void puback_waitsUntilTheRecordsOfAllMappingsAreSafe() {
        // Given
        final FakeClient client = connect();
        client.publish(1, 1, "two/a", "x");

        // When
        other.last().safe();

        // Then
        assertThat(client.received()).isEmpty();

        // And when
        delivery.last().safe();

        // Then
        assertThat(client.received()).containsExactly("PUBACK 1");
    }

    @Test
    void recordThatIsSafeAtOnce_holdsNothing() {
        // Given
        final FakeClient client = connect();
        delivery.onTake = FakeDelivery.Taken::safe;

        // When
        client.publish(1, 1, "one/a", "x");
        client.publish(2, 2, "one/a", "x");

        // Then
        assertThat(client.received()).containsExactly("PUBACK 1", "PUBREC 2");
    }

    @Test
    void recordsOfOneMapping_thatAreToldTwice_dontStandForThoseOfAnother() {
        // Given
        final FakeClient client = connect();
        client.publish(1, 1, "two/a", "x");

        // When
        other.last().safe();
        other.last().safe();

        // Then
        assertThat(client.received()).isEmpty();
    }

    @Test
    void publishesOfNoMapping_areAcknowledgedByHivemqAlone() {
        // Given
        final FakeClient client = connect();

        // When
        client.publish(1, 1, "elsewhere", "x");
        client.publish(2, 2, "$SYS", "x");

        // Then
        assertThat(client.received()).containsExactly("PUBACK 1", "PUBREC 2");
        assertThat(delivery.taken).isEmpty();
    }

    @Test
    void publishThatHivemqRefuses_isAnsweredAtOnce() {
        // Given
        final FakeClient client = connect();
        client.reasonCode = AckReasonCode.NOT_AUTHORIZED;

        // When
        client.publish(1, 1, "one/a", "x");
        client.publish(2, 2, "one/a", "x");

        // Then
        assertThat(client.received()).containsExactly("PUBACK 1", "PUBREC 2");
    }

    @Test
    void qos0_asksForNothing() {
        // Given
        final FakeClient client = connect();

        // When
        client.publish(0, 0, "one/a", "x");
        final boolean disconnects = delivery.last().fail();

        // Then
        assertThat(disconnects).isFalse();
        assertThat(client.isOpen()).isTrue();
        assertThat(delivery.last().persistence()).isEqualTo(Persistence.BEST_EFFORT);
        assertThat(delivery.last().acknowledgement().isWanted()).isTrue();
    }

    @Test
    void qos1ThatFailsWhileItsPubackIsHeld_disconnectsFirst_andLetsGoThen() {
        // Given
        hivemq.closesSlowly = true;
        final FakeClient client = connect();
        client.publish(1, 1, "one/a", "first");
        client.publish(2, 1, "one/a", "second");
        final FakeDelivery.Taken second = delivery.last();

        // When
        final boolean disconnects = delivery.taken.get(0).fail();

        // Then
        assertThat(disconnects).isTrue();
        assertThat(second.acknowledgement().isWanted()).isFalse();
        assertThat(client.received()).isEmpty();

        // And when
        hivemq.closeConnections();

        // Then nobody waits any more, and nobody was acknowledged
        assertThat(client.received()).isEmpty();
        assertThat(second.fail()).isFalse();
        final FakeClient again = connect();
        again.publish(1, 1, "one/a", "first");
        delivery.last().safe();
        assertThat(again.received()).containsExactly("PUBACK 1");
    }

    @Test
    void qos1ThatFailsBeforeItsPuback_isNotAcknowledged() {
        // Given
        hivemq.closesSlowly = true;
        delivery.onTake = FakeDelivery.Taken::fail;
        final FakeClient client = connect();

        // When
        client.publish(1, 1, "one/a", "x");

        // Then
        assertThat(client.received()).isEmpty();
        hivemq.closeConnections();
        assertThat(client.received()).isEmpty();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void whatComesAfterAFailedPublish_isNotSent() {
        // Given
        hivemq.closesSlowly = true;
        delivery.onTake = FakeDelivery.Taken::fail;
        final FakeClient client = connect();
        client.publish(1, 1, "one/a", "first");
        delivery.onTake = taken -> {};

        // When
        client.publish(2, 1, "one/a", "second");
        hivemq.closeConnections();

        // Then
        assertThat(delivery.taken).hasSize(1);
        assertThat(client.received()).isEmpty();
    }

    @Test
    void qos2OfAConnectionThatFailed_isKept() {
        // Given
        hivemq.closesSlowly = true;
        delivery.onTake = FakeDelivery.Taken::fail;
        final FakeClient client = connect();
        client.publish(1, 1, "one/a", "first");
        delivery.onTake = taken -> {};

        // When
        client.publish(2, 2, "one/a", "second");
        hivemq.closeConnections();

        // Then
        assertThat(delivery.last().value()).isEqualTo("second");
        assertThat(delivery.last().acknowledgement().isWanted()).isTrue();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void pubrecOfARepeat_waitsForTheFirstPublish() {
        // Given
        final FakeClient first = connect();
        first.publish(7, 2, "one/a", "x");
        timer.advance(PATIENCE.plusSeconds(1));
        assertThat(first.isOpen()).isFalse();

        // When
        final FakeClient second = connect();
        second.publish(7, 2, "one/a", "x");

        // Then
        assertThat(second.received()).isEmpty();
        assertThat(delivery.taken).hasSize(1);
        delivery.last().safe();
        assertThat(first.received()).isEmpty();
        assertThat(second.received()).containsExactly("PUBREC 7");
    }

    @Test
    void pubrecThatIsHeldForTooLong_isGivenUp_andThePublishIsKept() {
        // Given
        hivemq.closesSlowly = true;
        final FakeClient client = connect();
        client.publish(7, 2, "one/a", "x");
        timer.advance(PATIENCE.minusSeconds(1));
        hivemq.closeConnections();
        assertThat(client.isOpen()).isTrue();

        // When
        timer.advance(PATIENCE);
        hivemq.closeConnections();

        // Then
        assertThat(client.isOpen()).isFalse();
        assertThat(client.received()).isEmpty();
        assertThat(delivery.disconnects()).isEqualTo(1);
        assertThat(delivery.last().acknowledgement().isWanted()).isTrue();

        // And when it is safe after all, its repeat is answered at once
        delivery.last().safe();
        final FakeClient second = connect();
        second.publish(7, 2, "one/a", "x");
        assertThat(second.received()).containsExactly("PUBREC 7");
    }

    @Test
    void takeover_letsTheNewConnectionWaitBehindTheOldOne() {
        // Given
        final FakeClient old = connect();
        old.publish(7, 2, "one/a", "x");

        // When
        final FakeClient fresh = connect();
        fresh.publish(7, 2, "one/a", "x");
        fresh.publish(8, 1, "one/b", "y");

        // Then its packets wait for the held PUBREC
        assertThat(delivery.taken).hasSize(1);
        delivery.taken.get(0).safe();
        assertThat(delivery.taken).hasSize(2);
        delivery.taken.get(1).safe();
        assertThat(old.received()).isEmpty();
        assertThat(fresh.received()).containsExactly("PUBREC 7", "PUBACK 8");
    }

    @Test
    void publishWithALongerTopicThanHivemqTakes_isntSent() {
        // Given
        final FakeClient client = connect();
        client.reasonCode = AckReasonCode.TOPIC_NAME_INVALID;

        // When
        client.publish(1, 1, "one/" + "x".repeat(17), "x");
        client.publish(2, 1, "one/" + "x".repeat(16), "x");

        // Then
        assertThat(delivery.taken).hasSize(1);
        assertThat(delivery.last().record().key()).hasSize(20);
    }

    /** In every order of HiveMQ's steps, outcomes, closings and time: acknowledged means safe, and in the end nobody waits. */
    @Test
    void everyOrderOfSteps_acknowledgesOnlyWhatIsSafe() {
        for (int seed = 0; seed < 1_000; seed++) {
            new RandomSteps(seed).run();
        }
    }
}
