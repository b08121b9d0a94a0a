package io.kafkabridge.extension.monitoring.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Monitoring;
import io.kafkabridge.fuzzing.Input;
import io.kafkabridge.fuzzing.Mutations;

import static org.assertj.core.api.Assertions.assertThat;

/** Any bytes on a connection to the monitoring server: no page without the password, an end in time, and others are answered. */
class RequestFuzzTest extends ServerFixture {

    private static final Optional<Monitoring> LOCKED = Optional.of(
            new Monitoring("127.0.0.1", 0, Optional.of(new Monitoring.User("ops", new Secret("long-pa55word")))));

    /** An end comes with {@link #PATIENCE} at the latest; the rest is for a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private int port;

    @BeforeEach
    void listen() {
        port = start(LOCKED);
    }

    @Test
    void fuzz_withChangedInputs() throws IOException {
        Mutations.run(RequestFuzzTest.class, this::fuzz);
    }

    @FuzzTest
    void fuzz(final byte[] input) throws IOException {
        // When
        final long begun = System.nanoTime();
        final String answer = answer(input);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);

        // Then
        assertThat(answer).doesNotContain("\npage", "\tat ");
        assertThat(answer("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII)))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .endsWith("The bridge runs.\n");
    }

    /** All that comes back until the server closes the connection. */
    private String answer(final byte[] request) throws IOException {
        final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(answer);
        } catch (final SocketException e) {
            // It was cut off: the rest of a request that was refused isn't read.
        }
        return Input.text(answer.toByteArray());
    }
}
