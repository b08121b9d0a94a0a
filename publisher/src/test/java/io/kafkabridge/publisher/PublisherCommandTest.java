package io.kafkabridge.publisher;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.publisher.ScriptedBroker.Script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class PublisherCommandTest {
    PublisherRuns publisher = new PublisherRuns(Path.of(""));

    @BeforeEach
    void useFolder(@TempDir Path folder) {
        publisher = new PublisherRuns(folder);
    }

    @ParameterizedTest(name = "reason code {0}")
    @ValueSource(ints = {0x00, 0x10})
    void printsAMessageOnceItIsAcknowledged(int reasonCode) {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, reasonCode))) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "2");

            // Then
            assertThat(exitCode).isZero();
            assertThat(publisher.out.toString().lines())
                    .containsExactly("Connected", "Published: hello", "Published: hello");
            assertThat(publisher.err.toString()).isEmpty();
        }
    }

    @Test
    void aRefusedMessageIsNotPublished() {
        // Given
        AtomicInteger count = new AtomicInteger();
        Script firstRefused = (client, publish) -> client.puback(publish, count.incrementAndGet() == 1 ? 0x97 : 0x00);
        try (var broker = ScriptedBroker.accepting(firstRefused)) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "2");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(publisher.out.toString().lines()).containsExactly("Connected", "Published: hello");
            assertThat(publisher.err).hasToString("Refused by the broker, quota exceeded (0x97): hello\n");
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
            int exitCode = publisher.run(broker, "--count", "1");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(publisher.err).hasToString("Connection lost: " + reason + "\n");
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
            int exitCode = publisher.run(broker, "--count", "1");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(publisher.err)
                    .hasToString("Cannot connect to " + broker.address().substring(6) + ": " + reason + "\n");
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
            int exitCode = publisher.run(broker, option, "--count", "1");

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(publisher.err).hasToString(line + "\n");
            assertThat(broker.published).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate=0      | Wrong usage: Invalid value for option '--rate': '0' is no number of messages per second",
                "--rate=fast   | Wrong usage: Invalid value for option '--rate': 'fast' is no number of messages per",
                "--rate=1e3    | Wrong usage: Invalid value for option '--rate': '1e3' is no number of messages per",
                "--rate=5      | Give --rate or --interval, not both",
                "--clients=0   | --clients must be 1 to 1000, not 0",
                "--clients=1e1 | Wrong usage: Invalid value for option '--clients': '1e1' is not an int",
                "--duration=0  | --duration must be more than 0",
                "--duration=5  | Wrong usage: Invalid value for option '--duration': '5' is no time",
                "--size=4      | --size must be 5 to 200000000 for these messages, not 4",
                "--qos=3       | Wrong usage: Invalid value for option '--qos': '3' is not 0, 1 or 2",
            })
    void aWrongSettingIsOneLineAndExitCode2(String option, String line) {
        // When
        int exitCode = publisher.run("tcp://localhost:1", "--message", "hello", option);

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(publisher.err.toString().lines()).singleElement().asString().startsWith(line);
        assertThat(publisher.out.toString()).isEmpty();
    }

    @Test
    void lengthensMessages() {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, 0))) {
            // When
            publisher.run(broker, "--message", "olá", "--size", "10", "--count", "1");

            // Then
            assertThat(broker.published.get(0).payload()).isEqualTo("olá......");
        }
    }

    @Test
    void progressIsInsteadOfMessages() {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, 0))) {
            // When
            int exitCode = publisher.run(broker, "--message", "hello", "--count", "3", "--progress");

            // Then
            assertThat(exitCode).isZero();
            assertThat(publisher.out.toString())
                    .startsWith("Connected\nPublished by 1 client in ")
                    .contains(": 3 messages, ")
                    .contains("\nLatency from PUBLISH to PUBACK: p50 ")
                    .doesNotContain("hello");
        }
    }

    @Test
    void endsAfterATime() {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, 0))) {
            // When
            int exitCode = publisher.run(broker, "--duration", "100ms", "--in-memory");

            // Then
            assertThat(exitCode).isZero();
            assertThat(broker.published).isNotEmpty();
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
        Thread thread = new Thread(() -> publisher.run("tcp://localhost:" + port, "--count", "1"));
        thread.start();

        // Then
        await().until(() -> publisher
                .err
                .toString()
                .startsWith("Cannot connect to localhost:" + port
                        + ": connection refused, nothing listens there; trying again in 1 s\n"));
        thread.interrupt();
    }

    @Test
    void anUnknownHostIsOneLine() {
        // When
        int exitCode = publisher.run("host.invalid", "--count", "1");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(publisher.err)
                .hasToString("Cannot connect to host.invalid:8883: unknown host 'host.invalid'; check BROKER_ADDR\n");
    }

    @Test
    void theDefaultMessageHasTheTime() {
        try (var broker = ScriptedBroker.accepting((client, publish) -> client.puback(publish, 0))) {
            // When
            publisher.run(broker, "--count", "1");

            // Then
            assertThat(broker.published.get(0).payload())
                    .matches("Minha Ponderada \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
        }
    }
}
