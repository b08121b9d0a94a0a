package io.kafkabridge.extension.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.config.Monitoring;
import io.kafkabridge.extension.config.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The server with a small site of its own, asked by the JDK's HTTP client and over plain sockets. */
class MonitoringServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Optional<Monitoring> OPEN = Optional.of(new Monitoring("127.0.0.1", 0, Optional.empty()));
    private static final Optional<Monitoring> LOCKED =
            Optional.of(new Monitoring("127.0.0.1", 0, Optional.of(new Monitoring.User("ops", new Secret("pä:ss")))));

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private final MonitoringServer server = new MonitoringServer(
            new Site(
                    Map.of("/health/live", Health.live()),
                    Map.of("/page", exchange -> Answer.text(exchange, 200, "page"), "/broken", broken()),
                    Map.of("/stream", endless(), "/flood", flood())),
            PATIENCE);

    private static HttpHandler broken() {
        return exchange -> {
            throw new IllegalStateException("a mistake in a page");
        };
    }

    private HttpHandler endless() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("begins\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                new CountDownLatch(1).await();
            } catch (final InterruptedException e) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
            }
        };
    }

    private HttpHandler flood() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(new byte[1 << 16]);
                }
            } catch (final IOException e) {
                interrupted.countDown();
                throw e;
            }
        };
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private int start(final Optional<Monitoring> monitoring) {
        server.follow(monitoring);
        await().until(() -> server.address().isPresent());
        return server.address().orElseThrow().getPort();
    }

    private static HttpRequest.Builder to(final int port, final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(final int port, final String path) throws Exception {
        return client.send(to(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Socket raw(final int port, final String text) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private static String basic(final String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean hasThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("hivemq-kafka-bridge-http")
                        || thread.getName().equals("HTTP-Dispatcher"));
    }

    @ParameterizedTest
    @CsvSource({"/health/live,200", "/page,200", "/nothing,404", "/health/live/more,404", "/%2e%2e/page,404"})
    void path_isExact(final String path, final int status) throws Exception {
        assertThat(get(start(OPEN), path).statusCode()).isEqualTo(status);
    }

    @Test
    void answer_keepsBrowsersFromDoingMoreThanShowIt() throws Exception {
        // When
        final HttpResponse<String> answer = get(start(OPEN), "/nothing");

        // Then
        assertThat(answer.body())
                .isEqualTo("There is nothing here. There is: /broken, /flood, /health/live, /page, /stream\n");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'self';");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void otherMethods_areRefused(final String method) throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                to(start(OPEN), "/page")
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void head_getsTheHeadersAlone() throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                to(start(OPEN), "/page")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("5");
        assertThat(answer.body()).isEmpty();
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

    @ParameterizedTest
    @ValueSource(strings = {"ops:wrong", "ops:pä:ss ", "other:pä:ss", "ops", ":"})
    void wrongPassword_getsNothingButHealth(final String login) throws Exception {
        // Given
        final int port = start(LOCKED);

        // When
        final HttpResponse<String> refused = client.send(
                to(port, "/page").header("Authorization", basic(login)).build(), HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic realm=");
        assertThat(get(port, "/page").statusCode()).isEqualTo(401);
        assertThat(get(port, "/nothing").statusCode()).isEqualTo(401);
        assertThat(get(port, "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void rightPassword_opensThePages() throws Exception {
        // When
        final HttpResponse<String> answer = client.send(
                to(start(LOCKED), "/page")
                        .header("Authorization", basic("ops:pä:ss"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.body()).isEqualTo("page\n");
    }

    @ParameterizedTest
    @CsvSource({"localhost,200", "localhost:9398,200", "[::1]:9398,200", "10.0.0.1,200", "evil.example,421"})
    void pageOfAnotherName_canNotReadWhatOnlyThisMachineMay(final String host, final int status) throws Exception {
        // When
        final String answer;
        try (Socket socket =
                raw(start(OPEN), "GET /page HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")) {
            answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }

        // Then
        assertThat(answer).isEqualTo("HTTP/1.1 " + status);
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
            await().until(() -> !hasThreads());
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
