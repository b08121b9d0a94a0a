package io.kafkabridge.extension.monitoring.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Health checks are answered, whatever other clients do; the server's patience with them plays no part. */
class StallingClientsTest extends ServerFixture {

    private static final int MANY = 80;

    private final CountDownLatch released = new CountDownLatch(1);
    private final MonitoringServer patient = new MonitoringServer(
            new Site(
                    Map.of("/health/live", Health.live(List::of), "/health/hung", this::hang),
                    Map.of(
                            "/page",
                            site.pages().get("/page"),
                            "/large",
                            site.pages().get("/large"),
                            "/hung",
                            this::hang),
                    Map.of("/flood", site.streams().get("/flood"))),
            Duration.ofMinutes(5));
    private final List<Socket> stalling = new ArrayList<>();

    /** Where a client stops. */
    enum Stall {
        SILENT(""),
        REQUEST_LINE("GET /page HT"),
        HEADERS("GET /page HTTP/1.1\r\nHost: localh"),
        BODY("POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf"),
        CHUNKS("POST /page HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf"),
        TLS("\u0016\u0003\u0001\u0002\u0000\u0001"),
        ANSWER("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        STREAM("GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        HEALTH("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ");

        private final String sent;

        Stall(final String sent) {
            this.sent = sent;
        }
    }

    @AfterEach
    void close() throws IOException {
        released.countDown();
        for (final Socket socket : stalling) {
            socket.close();
        }
        patient.stop();
    }

    /** As if the disk hung: nothing interrupts that. */
    private void hang(final HttpExchange exchange) throws IOException {
        boolean interrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Answer.text(exchange, 200, "at last");
    }

    private int startPatient() {
        patient.follow(OPEN);
        await().until(() -> patient.address().isPresent());
        return patient.address().orElseThrow().getPort();
    }

    private static void assertHealthy(final int port) throws IOException {
        for (int i = 0; i < 10; i++) {
            try (Socket socket =
                    raw(port, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
                socket.setSoTimeout(5_000);
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 ")
                        .endsWith("The bridge runs.\n");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Stall.class)
    void clientsThatStall_holdUpNoHealthCheck(final Stall stall) throws Exception {
        // Given
        final int port = startPatient();
        for (int i = 0; i < MANY; i++) {
            stalling.add(raw(port, stall.sent));
        }

        // Then
        assertHealthy(port);
    }

    @Test
    void clientsThatStallInEachWay_holdUpNoHealthCheck() throws Exception {
        // Given
        final int port = startPatient();
        for (int i = 0; i < MANY / 2; i++) {
            for (final Stall stall : Stall.values()) {
                stalling.add(raw(port, stall.sent));
            }
            if (i % 10 == 0) {
                // Then
                assertHealthy(port);
            }
        }
        assertHealthy(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hung", "/health/hung"})
    void pagesThatHang_holdUpNoHealthCheck(final String path) throws Exception {
        // Given
        final int port = startPatient();
        for (int i = 0; i < MANY; i++) {
            stalling.add(raw(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        }

        // Then
        assertHealthy(port);
        assertThat(get(port, path).statusCode()).isEqualTo(503);

        // When
        released.countDown();

        // Then
        await().until(() -> get(port, path).statusCode() == 200);
    }
}
