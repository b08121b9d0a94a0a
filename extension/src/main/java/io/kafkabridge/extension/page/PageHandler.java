package io.kafkabridge.extension.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/** Serves the page's files, which are in the jar, by their exact names. Thread-safe. */
final class PageHandler implements HttpHandler {

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Resource(String type, byte[] content) {
        private static Resource of(final String name, final String type) {
            try (InputStream in = Objects.requireNonNull(PageHandler.class.getResourceAsStream(name), name)) {
                return new Resource(type, in.readAllBytes());
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Map<String, Resource> resources = Map.of(
            "/", Resource.of("index.html", "text/html; charset=utf-8"),
            "/page.css", Resource.of("page.css", "text/css; charset=utf-8"),
            "/page.js", Resource.of("page.js", "text/javascript; charset=utf-8"),
            "/plot.js", Resource.of("plot.js", "text/javascript; charset=utf-8"),
            "/sections.js", Resource.of("sections.js", "text/javascript; charset=utf-8"),
            "/text.js", Resource.of("text.js", "text/javascript; charset=utf-8"),
            "/icon.svg", Resource.of("icon.svg", "image/svg+xml"));

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        if (!Answers.reads(exchange)) {
            return;
        }
        final Resource resource = resources.get(exchange.getRequestURI().getPath());
        if (resource == null) {
            Answers.send(exchange, 404, "There is no such page. The status is at /.");
        } else {
            Answers.send(exchange, 200, resource.type(), resource.content());
        }
    }
}
