package io.kafkabridge.extension.monitoring.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpHandler;
import org.junit.jupiter.api.AfterEach;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Monitoring;

import static org.awaitility.Awaitility.await;

/** A server with a small site, asked by the JDK's HTTP client and over plain sockets. */
abstract class ServerFixture {

    static final Duration PATIENCE = Duration.ofSeconds(1);
    static final Optional<Monitoring> OPEN = Optional.of(new Monitoring("127.0.0.1", 0, Optional.empty()));
    static final Optional<Monitoring> LOCKED =
            Optional.of(new Monitoring("127.0.0.1", 0, Optional.of(new Monitoring.User("ops", new Secret("pä:ss")))));

    final CountDownLatch interrupted = new CountDownLatch(1);
    final HttpClient client = HttpClient.newHttpClient();
    final Site site = new Site(
            Map.of("/health/live", Health.live(List::of)),
            Map.of("/page", exchange -> Answer.text(exchange, 200, "page"), "/broken", broken(), "/large", large()),
            Map.of("/stream", endless(), "/flood", flood()));
    final MonitoringServer server = new MonitoringServer(site, PATIENCE);

    private static HttpHandler large() {
        final byte[] body = new byte[20 << 20];
        return exchange -> Answer.send(exchange, 200, "text/plain", body);
    }

    private static HttpHandler broken() {
        return exchange -> {
            throw new IllegalStateException("a mistake in a page");
        };
    }

    private HttpHandler endless() {
        return exchange -> {
            try {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("begins\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                new CountDownLatch(1).await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                // A client has the beginning before the thread that wrote it goes on: it may be interrupted in there,
                // too.
                interrupted.countDown();
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

    int start(final Optional<Monitoring> monitoring) {
        server.follow(monitoring);
        await().until(() -> server.address().isPresent());
        return server.address().orElseThrow().getPort();
    }

    static HttpRequest.Builder to(final int port, final String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    HttpResponse<String> get(final int port, final String path) throws Exception {
        return client.send(to(port, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    static Socket raw(final int port, final String text) throws IOException {
        final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }
}
