package io.kafkabridge.extension.monitoring.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;

/**
 * {@code /events}: the status as server-sent events, one a second: {@code about} and {@code history} first and whenever the
 * configuration has changed, then {@code status}. Holds its thread until the viewer goes or the thread is interrupted.
 * Thread-safe.
 */
final class EventsHandler implements HttpHandler {

    /** When nothing comes for so long, the browser had better connect anew. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final StatusFeed feed;

    EventsHandler(final StatusFeed feed) {
        this.feed = feed;
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        Answers.headers(exchange, "text/event-stream; charset=utf-8", "no-store");
        exchange.sendResponseHeaders(200, 0);
        feed.join();
        try (OutputStream out = exchange.getResponseBody()) {
            send(out);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feed.leave();
        }
    }

    private void send(final OutputStream out) throws IOException, InterruptedException {
        long told = 0;
        StatusFeed.@Nullable Document next = feed.now();
        while (next != null) {
            final StringBuilder events = new StringBuilder();
            if (told != next.configuration()) {
                told = next.configuration();
                add(events, "about", next.about());
                add(events, "history", feed.history());
            }
            add(events, "status", next.status());
            out.write(events.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            next = feed.after(next.number(), PATIENCE);
        }
    }

    /** JSON has no line breaks of its own, so one line holds it. */
    private static void add(final StringBuilder events, final String name, final String json) {
        events.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }
}
