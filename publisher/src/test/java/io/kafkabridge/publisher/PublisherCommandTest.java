package io.kafkabridge.publisher;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.cli.CommandRunner;
import io.kafkabridge.publisher.ScriptedBroker.Client;
import io.kafkabridge.publisher.ScriptedBroker.Publish;
import io.kafkabridge.publisher.ScriptedBroker.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class PublisherCommandTest {
    /** Receive maximum 10 and topic alias maximum 5, as HiveMQ CE says. */
    private static final String HIVEMQ_LIMITS = "21 00 0A 22 00 05";

    @TempDir
    Path folder;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "reason code {0}")
    @ValueSource(ints = {0x00, 0x10})
    void printsAMessageOnceItIsAcknowledged(int reasonCode) {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, reasonCode))) {
            // When
            int exitCode = run(broker, "--message", "hello", "--count", "2");

            // Then
            assertThat(exitCode).isZero();
            assertThat(out.toString().lines()).containsExactly("Connected", "Published: hello", "Published: hello");
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void aRefusedMessageIsNotPublished() {
        // Given
        AtomicInteger count = new AtomicInteger();
        Script firstRefused = (client, publish) -> client.puback(publish, count.incrementAndGet() == 1 ? 0x97 : 0x00);
        try (var broker = ScriptedBroker.accepting(firstRefused)) {
            // When
            int exitCode = run(broker, "--message", "hello", "--count", "2");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString().lines()).containsExactly("Connected", "Published: hello");
            assertThat(err).hasToString("Refused by the broker, quota exceeded (0x97): hello\n");
        }
    }

    @Test
    void aRefusedMessageOfQos2IsGivenUpAndItsIdentifierForgotten() {
        // Given
        AtomicInteger count = new AtomicInteger();
        Script firstRefused = (client, publish) -> client.pubrec(publish, count.incrementAndGet() == 1 ? 0x97 : 0x00);
        try (var broker = ScriptedBroker.accepting(firstRefused)) {
            // When
            int exitCode = run(broker, "--message", "hello", "--count", "2", "--qos", "2");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString().lines())
                    .containsExactly(
                            "Connected", "Connection lost: a message was refused", "Connected", "Published: hello");
            assertThat(err).hasToString("Refused by the broker, quota exceeded (0x97): hello\n");
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
            int exitCode = run(broker, "--message", "hello", "--count", "3");

            // Then
            assertThat(exitCode).isZero();
            assertThat(out.toString().lines())
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
            int firstExitCode = run(broker, "--message", "old", "--count", "1", "--qos", "" + qos);
            runs.incrementAndGet();
            out.getBuffer().setLength(0);

            // When
            int exitCode = run(broker, "--message", "new", "--count", "1", "--qos", "" + qos);

            // Then
            assertThat(firstExitCode).isEqualTo(1);
            assertThat(exitCode).isZero();
            assertThat(out.toString().lines())
                    .containsExactly(
                            "Unacknowledged from an earlier run, to be sent again: 1",
                            "Connected",
                            "Published: old",
                            "Published: new");
            assertThat(broker.published).extracting(Publish::payload).containsExactly("old", "old", "new");
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
            int exitCode = run(broker, "--message", "once", "--count", "1", "--qos", "2");

            // Then
            assertThat(exitCode).isZero();
            assertThat(out.toString()).endsWith("Connected\nPublished: once\n");
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
            int exitCode = run(broker, "--message", "hello", "--count", "100");

            // Then
            assertThat(exitCode).isZero();
            assertThat(broker.published).hasSize(100);
            assertThat(most).hasValueLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest(name = "DISCONNECT {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "8E | another client connected with the same client id (0x8E); give each its own --client-id",
                "87 | not authorized (0x87); check what the broker lets this user publish",
                "95 | the message is too large (0x95)",
            })
    void someReasonsMakeTryingAgainPointless(String code, String reason) {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.send("E0 01 " + code))) {
            // When
            int exitCode = run(broker, "--count", "1");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(err).hasToString("Connection lost: " + reason + "\n");
        }
    }

    @ParameterizedTest(name = "CONNACK {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "134 | login refused, bad user name or password (0x86); check HIVE_USER and HIVE_PSWD",
                "135 | login refused, not authorized (0x87); check HIVE_USER and HIVE_PSWD",
                "133 | login refused, client identifier not valid (0x85)",
            })
    void aRefusedLoginIsOneLine(int code, String reason) {
        try (var broker = ScriptedBroker.refusingLogins(code)) {
            // When
            int exitCode = run(broker, "--count", "1");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(err).hasToString("Cannot connect to " + broker.address().substring(6) + ": " + reason + "\n");
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "24 01          | --qos=2             | The broker does not allow QoS 2 messages",
                "25 00          | --retain            | The broker does not allow retained messages",
                "27 00 00 00 2D | --message=123456789 | Too large for the broker, which takes 45 bytes: 123456789",
            })
    void saysWhatTheBrokerDoesNotAllow(String limits, String option, String line) {
        try (var broker = ScriptedBroker.withLimits(limits, (client, publish) -> client.puback(publish, 0))) {
            // When
            int exitCode = run(broker, option, "--count", "1");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(err).hasToString(line + "\n");
            assertThat(broker.published).isEmpty();
        }
    }

    @Test
    void waitsForABrokerThatIsNotThereYet() throws IOException {
        // Given
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        // When
        Thread publisher = new Thread(() -> run("tcp://localhost:" + port, "--count", "1"));
        publisher.start();

        // Then
        await().until(() -> err.toString()
                .startsWith("Cannot connect to localhost:" + port
                        + ": connection refused, nothing listens there; trying again in 1 s\n"));
        publisher.interrupt();
    }

    @Test
    void anUnknownHostIsOneLine() {
        // When
        int exitCode = run("host.invalid", "--count", "1");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err)
                .hasToString("Cannot connect to host.invalid:8883: unknown host 'host.invalid'; check BROKER_ADDR\n");
    }

    @Test
    void theDefaultMessageHasTheTime() {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, 0))) {
            // When
            run(broker, "--count", "1");

            // Then
            assertThat(broker.published.get(0).payload())
                    .matches("Minha Ponderada \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        }
    }

    private int run(ScriptedBroker broker, String... options) {
        return run(broker.address(), options);
    }

    private int run(String address, String... options) {
        List<String> args = new ArrayList<>(List.of(
                "--broker", address, "--state-dir", folder.resolve("state").toString(), "--interval", "0"));
        args.addAll(List.of(options));
        return new CommandRunner(Map.of(), folder, new PrintWriter(out), new PrintWriter(err))
                .run(new PublisherCommand(), args.toArray(String[]::new));
    }
}
