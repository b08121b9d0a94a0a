package io.kafkabridge.publisher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.publisher.ScriptedBroker.Client;
import io.kafkabridge.publisher.ScriptedBroker.Publish;
import io.kafkabridge.publisher.ScriptedBroker.Script;

import static org.assertj.core.api.Assertions.assertThat;

/** What happens to messages without an acknowledgement. */
@Timeout(60)
class RedeliveryTest {
    /** Receive maximum 10 and topic alias maximum 5, as HiveMQ CE says. */
    private static final String HIVEMQ_LIMITS = "21 00 0A 22 00 05";

    PublisherRuns publisher = new PublisherRuns(Path.of(""));

    @BeforeEach
    void useFolder(@TempDir Path folder) {
        publisher = new PublisherRuns(folder);
    }

    @Test
    void aRefusedMessageOfQos2IsGivenUpAndItsIdentifierForgotten() {
        // Given
        AtomicInteger count = new AtomicInteger();
        Script firstRefused = (client, publish) -> client.pubrec(publish, count.incrementAndGet() == 1 ? 0x97 : 0x00);
        try (var broker = ScriptedBroker.accepting(firstRefused)) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "2", "--qos", "2");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(publisher.out.toString().lines())
                    .containsExactly(
                            "Connected", "Connection lost: a message was refused", "Connected", "Published: hello");
            assertThat(publisher.err).hasToString("Refused by the broker, quota exceeded (0x97): hello\n");
            assertThat(broker.published).extracting(Publish::duplicate).containsExactly(false, false);
            assertThat(broker.cleanStarts).containsExactly(false, true, false);
        }
    }

    @Test
    void messagesInFlightAreSentAgainAfterALostConnection() {
        // Given
        Script hangsUpAtTheThird = new Script() {
            private boolean hungUp;

            @Override
            public void publish(Client client, Publish publish) throws IOException {
                if (hungUp) {
                    client.puback(publish, 0);
                } else if (publish.packetId() == 3) {
                    hungUp = true;
                    client.hangUp();
                }
            }
        };
        try (var broker = ScriptedBroker.withLimits(HIVEMQ_LIMITS, hangsUpAtTheThird)) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "3");

            // Then
            assertThat(exitCode).isZero();
            assertThat(publisher.out.toString().lines())
                    .containsExactly(
                            "Connected",
                            "Connection lost: the broker closed the connection",
                            "Connected",
                            "Published: hello",
                            "Published: hello",
                            "Published: hello");
            assertThat(broker.published)
                    .extracting(Publish::packetId, Publish::duplicate)
                    .extracting(Object::toString)
                    .containsExactly("(1, false)", "(2, false)", "(3, false)", "(1, true)", "(2, true)", "(3, true)");
            assertThat(broker.published).allSatisfy(publish -> {
                assertThat(publish.topic()).isEqualTo("teste");
                assertThat(publish.aliased()).isFalse();
            });
        }
    }

    @ParameterizedTest(name = "QoS {0}")
    @ValueSource(ints = {1, 2})
    void messagesInFlightAreSentAgainByTheNextRun(int qos) {
        // Given
        Script endsTheRun = (client, publish) -> client.disconnect(0x8E);
        Script acknowledges = (client, publish) -> {
            if (publish.qos() == 1) {
                client.puback(publish, 0);
            } else {
                client.pubrec(publish, 0);
            }
        };
        AtomicInteger runs = new AtomicInteger();
        Script script = (client, publish) -> (runs.get() == 0 ? endsTheRun : acknowledges).publish(client, publish);
        try (var broker = ScriptedBroker.withLimits(HIVEMQ_LIMITS, script)) {
            int firstExitCode = publisher.run(broker, "--message", "old", "--count", "1", "--qos", "" + qos);
            runs.incrementAndGet();
            publisher.out.getBuffer().setLength(0);

            // When
            int exitCode = publisher.run(broker, "--message", "new", "--count", "1", "--qos", "" + qos);

            // Then
            assertThat(firstExitCode).isEqualTo(1);
            assertThat(exitCode).isZero();
            assertThat(publisher.out.toString().lines())
                    .containsExactly(
                            "Unacknowledged from an earlier run, to be sent again: 1",
                            "Connected",
                            "Published: old",
                            "Published: new");
            assertThat(broker.published).extracting(Publish::payload).containsExactly("old", "old", "new");
        }
    }

    @Test
    void inMemoryMessagesOutliveTheConnection() {
        // Given
        AtomicInteger count = new AtomicInteger();
        Script hangsUpAtTheSecond = (client, publish) -> {
            if (count.incrementAndGet() == 2) {
                client.hangUp();
            } else {
                client.puback(publish, 0);
            }
        };
        try (var broker = ScriptedBroker.withLimits(HIVEMQ_LIMITS, hangsUpAtTheSecond)) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "2", "--in-memory");

            // Then
            assertThat(exitCode).isZero();
            assertThat(broker.published).extracting(Publish::duplicate).contains(true);
            assertThat(broker.published).allSatisfy(publish -> {
                assertThat(publish.topic()).isEqualTo("teste");
                assertThat(publish.payload()).isEqualTo("hello");
            });
        }
    }

    @Test
    void inMemoryQos2BeginsWithoutASessionOfAnEarlierRun() {
        // Given
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.pubrec(publish, 0))) {
            // When
            int exitCode = publisher.run(broker, "--message", "once", "--count", "1", "--qos", "2", "--in-memory");

            // Then
            assertThat(exitCode).isZero();
            assertThat(broker.cleanStarts).containsExactly(true, false);
        }
    }

    @Test
    void inMemoryLeavesMessagesOnDiskToAnotherRun() {
        // Given
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.disconnect(0x8E))) {
            publisher.run(broker, "--message", "old", "--count", "1");
            publisher.err.getBuffer().setLength(0);

            // When
            int exitCode = publisher.run(broker, "--message", "new", "--count", "1", "--in-memory");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(publisher.err.toString())
                    .startsWith("Unacknowledged messages of an earlier run are in ")
                    .endsWith("; send them without --in-memory first, or choose another --client-id\n");
            assertThat(broker.published).extracting(Publish::payload).doesNotContain("new");
        }
    }

    @Test
    void aConfirmedMessageOfQos2IsNotSentAgain() {
        // Given
        Script hangsUpAtTheFirstRelease = new Script() {
            private boolean hungUp;

            @Override
            public void publish(Client client, Publish publish) throws IOException {
                client.pubrec(publish, 0);
            }

            @Override
            public void release(Client client, int packetId) throws IOException {
                if (hungUp) {
                    client.send(String.format("70 03 %04X 92", packetId)); // it forgot the identifier meanwhile
                } else {
                    hungUp = true;
                    client.hangUp();
                }
            }
        };
        try (var broker = ScriptedBroker.accepting(hangsUpAtTheFirstRelease)) {
            // When
            int exitCode = publisher.run(broker, "--message", "once", "--count", "1", "--qos", "2");

            // Then
            assertThat(exitCode).isZero();
            assertThat(publisher.out.toString()).endsWith("Connected\nPublished: once\n");
            assertThat(broker.published).hasSize(1);
            assertThat(broker.released).containsExactly(1, 1);
        }
    }

    @Test
    void neverHasMoreInFlightThanTheBrokerAllows() {
        // Given
        List<Integer> waiting = new ArrayList<>();
        AtomicInteger most = new AtomicInteger();
        Script acknowledgesLate = (client, publish) -> {
            waiting.add(publish.packetId());
            most.accumulateAndGet(waiting.size(), Math::max);
            if (waiting.size() == 2) {
                for (int packetId : waiting) {
                    client.send(String.format("40 02 %04X", packetId));
                }
                waiting.clear();
            }
        };
        try (var broker = ScriptedBroker.withLimits("21 00 03", acknowledgesLate)) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "100");

            // Then
            assertThat(exitCode).isZero();
            assertThat(broker.published).hasSize(100);
            assertThat(most).hasValueLessThanOrEqualTo(3);
        }
    }
}
