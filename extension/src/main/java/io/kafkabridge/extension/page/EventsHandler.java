package io.kafkabridge.extension.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;

/**
 * {@code /events}: the status as server-sent events, one a second: {@code about} and {@code history} first and whenever the
 * configuration has changed, then {@code status}. Each viewer has a thread of its own, so that a slow one holds up nobody;
 * there are only so many. Thread-safe.
 */
final class EventsHandler implements HttpHandler, AutoCloseable {

    /** Viewers at a time. */
    static final int MAX_VIEWERS = 16;

    private static final String STREAM = "text/event-stream; charset=utf-8";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StatusFeed feed;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private boolean closed;

    EventsHandler(final StatusFeed feed) {
        this.feed = feed;
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        if (!Answers.reads(exchange)) {
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            Answers.send(exchange, 200, STREAM, new byte[0]);
            return;
        }
        final Viewer viewer = new Viewer(exchange);
        if (!admit(viewer)) {
            exchange.getResponseHeaders().set("Retry-After", "10");
            Answers.send(
                    exchange, 503, "There are " + MAX_VIEWERS + " viewers already; close one, or use /api/status.");
            return;
        }
        try {
            Answers.headers(exchange, STREAM, "no-store");
            exchange.sendResponseHeaders(200, 0);
            viewer.start();
        } catch (final IOException | RuntimeException e) {
            viewers.remove(viewer);
            exchange.close();
            throw e;
        }
    }

    private synchronized boolean admit(final Viewer viewer) {
        viewers.forEach(Viewer::endIfStuck);
        return !closed && viewers.size() < MAX_VIEWERS && viewers.add(viewer);
    }

    /** Ends all streams. */
    @Override
    public synchronized void close() {
        closed = true;
        viewers.forEach(Viewer::interrupt);
    }

    /** An interrupt closes the connection, even in the middle of a write. */
    private final class Viewer extends Thread {

        private final HttpExchange exchange;
        private volatile long writingSince;

        Viewer(final HttpExchange exchange) {
            super("hivemq-kafka-bridge-viewer");
            setDaemon(true);
            this.exchange = exchange;
        }

        @Override
        public void run() {
            feed.join();
            try (exchange;
                    OutputStream out = exchange.getResponseBody()) {
                send(out);
            } catch (final IOException e) {
                // The browser has gone.
            } catch (final InterruptedException e) {
                interrupt();
            } finally {
                feed.leave();
                viewers.remove(this);
            }
        }

        private void send(final OutputStream out) throws IOException, InterruptedException {
            long told = 0;
            StatusFeed.@Nullable Document next = feed.now();
            while (next != null) {
                final StringBuilder events = new StringBuilder();
                if (told != next.configuration()) {
                    told = next.configuration();
                    event(events, "about", next.about());
                    event(events, "history", feed.history());
                }
                event(events, "status", next.status());
                write(out, events.toString());
                next = feed.after(next.number(), PATIENCE);
            }
        }

        private void write(final OutputStream out, final String events) throws IOException {
            writingSince = System.nanoTime() | 1; // 0 is for: not writing.
            out.write(events.getBytes(StandardCharsets.UTF_8));
            out.flush();
            writingSince = 0;
        }

        void endIfStuck() {
            final long since = writingSince;
            if (since != 0 && System.nanoTime() - since > PATIENCE.toNanos()) {
                interrupt();
            }
        }
    }

    private static void event(final StringBuilder out, final String name, final String json) {
        out.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }
}
