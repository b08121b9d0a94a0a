package io.kafkabridge.extension.intake;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of QoS 2 publishes, and for how long. */
class Qos2PublishesTest extends IntakeFixture {

    private static final int CLIENTS = 1_000;
    private static final int PUBLISHES = 100;

    @Test
    void hundredThousandHeldPublishes_leaveNeitherEntriesNorTimers() {
        // Given
        final List<FakeClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(hivemq.connect("client" + i, false, intake));
        }

        // When
        int mostTimers = 0;
        for (int packetId = 1; packetId <= PUBLISHES; packetId++) {
            for (final FakeClient client : clients) {
                client.publish(packetId, 2, "one/a", "x");
            }
            mostTimers = Math.max(mostTimers, timer.size());
            delivery.taken.forEach(FakeDelivery.Taken::safe);
            delivery.taken.clear();
        }

        // Then
        assertThat(clients).allSatisfy(client -> assertThat(client.received()).hasSize(PUBLISHES));
        assertThat(intake.qos2Publishes().isEmpty()).isTrue();
        assertThat(mostTimers).isEqualTo(1);
        timer.advance(PATIENCE.dividedBy(2));
        assertThat(timer.size()).isZero();
    }

    @Test
    void publishesOfClientsThatAreGone_areForgottenOnceTheyAreSafe() {
        // Given
        for (int i = 0; i < CLIENTS; i++) {
            final FakeClient client = hivemq.connect("client" + i, false, intake);
            client.publish(1, 2, "one/a", "x");
            client.close();
        }
        timer.advance(PATIENCE.multipliedBy(2));
        assertThat(intake.qos2Publishes().isEmpty()).isFalse();

        // When
        delivery.taken.forEach(FakeDelivery.Taken::safe);

        // Then
        assertThat(intake.qos2Publishes().isEmpty()).isTrue();
        timer.advance(PATIENCE);
        assertThat(timer.size()).isZero();
    }

    @Test
    void packetIdThatIsUsedAgain_isThatOfTheLaterPublish() {
        // Given: a client that has ended its session
        final FakeClient first = connect();
        first.publish(7, 2, "one/a", "first");
        timer.advance(PATIENCE.plusSeconds(1));
        first.pubrel(7);
        final FakeClient second = connect();
        second.publish(7, 2, "one/a", "second");

        // When
        delivery.taken.get(0).safe();

        // Then
        assertThat(second.received()).isEmpty();
        delivery.taken.get(1).safe();
        assertThat(second.received()).containsExactly("PUBREC 7");
        assertThat(intake.qos2Publishes().isEmpty()).isTrue();
    }

    @Test
    void clientThatConnectsWhileOneOfItsIsKept_isWatchedFromTheStart() {
        // Given
        final FakeClient first = connect();
        first.publish(7, 2, "one/a", "x");
        timer.advance(PATIENCE.plusSeconds(1));

        // When it repeats the PUBLISH, which HiveMQ answers, on two connections
        final FakeClient second = connect();
        second.publish(7, 2, "one/a", "x");
        timer.advance(PATIENCE.plusSeconds(1));
        final FakeClient third = connect();
        third.publish(7, 2, "one/a", "x");

        // Then
        assertThat(second.isOpen()).isFalse();
        assertThat(delivery.disconnects()).isEqualTo(2);
        delivery.last().safe();
        assertThat(second.received()).isEmpty();
        assertThat(third.received()).containsExactly("PUBREC 7");
    }
}
