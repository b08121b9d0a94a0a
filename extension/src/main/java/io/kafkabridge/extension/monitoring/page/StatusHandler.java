package io.kafkabridge.extension.monitoring.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/** {@code /api/status}: what the page knows, once, as JSON. Thread-safe. */
final class StatusHandler implements HttpHandler {

    private final StatusFeed feed;

    StatusHandler(final StatusFeed feed) {
        this.feed = feed;
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        final StatusFeed.Document document = feed.now();
        final String json = "{\"about\":" + document.about() + ",\"status\":" + document.status() + "}\n";
        Answers.headers(exchange, "application/json; charset=utf-8", "no-store");
        Answers.send(exchange, json.getBytes(StandardCharsets.UTF_8));
    }
}
