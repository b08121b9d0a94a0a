package io.kafkabridge.extension.monitoring.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way into the site: looks at each request before a page answers it. Thread-safe. */
final class Entrance implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    /**
     * How many may ask for the same health check at a time, and for pages: fewer together than the server has threads. What hangs
     * (a disk, perhaps) holds up nothing but itself.
     */
    private static final int HEALTH = 8;

    private static final int PAGES = 32;

    private final Site site;
    private final Map<String, Semaphore> health;
    private final Semaphore pages = new Semaphore(PAGES);
    private final Optional<Login> login;
    private final boolean local;
    private final Workers streams;

    /**
     * Makes the entrance of a site.
     *
     * @param login what is asked for, if anything
     * @param address where the server listens
     * @param streams the threads for streams
     */
    Entrance(final Site site, final Optional<Login> login, final InetAddress address, final Workers streams) {
        this.site = site;
        this.login = login;
        this.local = address.isLoopbackAddress();
        this.streams = streams;
        this.health = site.open().keySet().stream()
                .collect(Collectors.toUnmodifiableMap(path -> path, path -> new Semaphore(HEALTH)));
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        try {
            protect(exchange.getResponseHeaders());
            let(exchange);
        } catch (final RuntimeException e) {
            LOG.warn(
                    "The monitoring server couldn't answer {}",
                    exchange.getRequestURI().getPath(),
                    e);
            exchange.close();
        }
    }

    private static void protect(final Headers headers) {
        headers.set(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    private void let(final HttpExchange exchange) throws IOException {
        final String path = exchange.getRequestURI().getPath();
        final String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            Answer.text(exchange, 405, "Only GET and HEAD: the bridge can be watched here, not changed.");
            return;
        }
        final @Nullable HttpHandler open = site.open().get(path);
        if (open != null) {
            within(Objects.requireNonNull(health.get(path)), open, exchange);
            return;
        }
        final @Nullable HttpHandler page = site.pages().get(path);
        final @Nullable HttpHandler stream = site.streams().get(path);
        if (login.isPresent()) {
            if (!login.get().accepts(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", Login.CHALLENGE);
                Answer.text(
                        exchange,
                        401,
                        "<username> and <password> of <monitoring> in the bridge's config.xml are needed.");
                return;
            }
        } else if (local && !HostName.isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
            Answer.text(
                    exchange,
                    421,
                    "Ask for localhost or an IP address, or set <username> and <password> in <monitoring>.");
            return;
        }
        if (page != null) {
            within(pages, page, exchange);
        } else if (stream != null) {
            stream(exchange, stream);
        } else {
            Answer.text(exchange, 404, "There is nothing here. There is: " + String.join(", ", site.paths()));
        }
    }

    private static void within(final Semaphore slots, final HttpHandler handler, final HttpExchange exchange)
            throws IOException {
        if (!slots.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            Answer.text(exchange, 503, "Too many are waiting for this already. Try again later.");
            return;
        }
        try {
            handler.handle(exchange);
        } finally {
            slots.release();
        }
    }

    private void stream(final HttpExchange exchange, final HttpHandler stream) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            Answer.send(exchange, 200, "text/event-stream", new byte[0]);
            return;
        }
        try {
            streams.execute(() -> run(exchange, stream));
        } catch (final RejectedExecutionException e) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            Answer.text(exchange, 503, "Too many are watching already. Close a page, or try again later.");
        }
    }

    private void run(final HttpExchange exchange, final HttpHandler stream) {
        Workers.takeAnyTime();
        try (exchange) {
            exchange.setStreams(null, new PatientStream(exchange.getResponseBody()));
            stream.handle(exchange);
        } catch (final IOException e) {
            LOG.debug("A stream of the monitoring server has ended: {}", e.toString());
        } catch (final RuntimeException e) {
            LOG.warn("A stream of the monitoring server has failed", e);
        }
    }
}
