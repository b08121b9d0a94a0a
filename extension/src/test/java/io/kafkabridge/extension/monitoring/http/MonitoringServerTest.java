package io.kafkabridge.extension.monitoring.http;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.model.Monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The monitoring server stands slow, many and broken clients, and comes and goes as it is told. */
class MonitoringServerTest extends ServerFixture {

    private static List<String> threads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().startsWith("hivemq-kafka-bridge-http")
                        || each.getKey().getName().equals("HTTP-Dispatcher"))
                .map(each -> each.getKey() + " " + List.of(each.getValue()))
                .toList();
    }

    @Test
    void mistakeInAPage_doesNotHarmTheServer() throws Exception {
        // Given
        final int port = start(OPEN);
        try (Socket socket = raw(port, "GET /broken HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        // Then
        assertThat(get(port, "/page").statusCode()).isEqualTo(200);
    }

    @Test
    void slowClients_areCutOff() throws Exception {
        // Given: more than there are threads, none of which finishes its request
        final int port = start(OPEN);
        final List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            slow.add(raw(port, "GET /page HT"));
        }

        // Then
        assertThat(get(port, "/page").statusCode()).isEqualTo(200);
        for (final Socket socket : slow) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.close();
        }
    }

    @Test
    void clientThatDoesNotRead_isCutOff() throws Exception {
        try (Socket socket = raw(start(OPEN), "GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(socket.isConnected()).isTrue();
            await().until(() -> interrupted.getCount() == 0);
        }
    }

    @Test
    void stream_goesOnLongerThanAPageMay_andTooManyAreRefused() throws Exception {
        // Given
        final int port = start(OPEN);
        final List<Socket> viewers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            final Socket socket = raw(port, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            viewers.add(socket);
        }

        // When
        final HttpResponse<String> oneMore = get(port, "/stream");

        // Then
        assertThat(oneMore.statusCode()).isEqualTo(503);
        assertThat(get(port, "/page").statusCode()).isEqualTo(200);
        await().during(PATIENCE.multipliedBy(3)).until(() -> interrupted.getCount() == 1);
        for (final Socket socket : viewers) {
            socket.close();
        }
    }

    @Test
    void stop_endsStreamsAndAllThreads() throws Exception {
        // Given
        try (Socket socket = raw(start(OPEN), "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertThat(socket.getInputStream().read()).isEqualTo('H');

            // When
            server.stop();

            // Then
            await().until(() -> interrupted.getCount() == 0);
            assertThat(server.address()).isEmpty();
            await().untilAsserted(() -> assertThat(threads()).isEmpty());
        }
    }

    @Test
    void portInUse_isTriedAgain() throws Exception {
        // Given
        final int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
            server.follow(Optional.of(new Monitoring("127.0.0.1", port, Optional.empty())));
            await().during(Duration.ofSeconds(1)).until(() -> server.address().isEmpty());
        }

        // Then
        await().until(() -> server.address().isPresent());
        assertThat(get(port, "/page").statusCode()).isEqualTo(200);
    }

    @Test
    void otherSettings_takeEffect() throws Exception {
        // Given
        final int before = start(OPEN);

        // When
        server.follow(LOCKED);

        // Then
        await().until(() -> server.address().stream().anyMatch(address -> address.getPort() != before));
        assertThat(get(server.address().orElseThrow().getPort(), "/page").statusCode())
                .isEqualTo(401);

        // When
        server.follow(Optional.empty());

        // Then
        await().until(() -> server.address().isEmpty());
    }
}
