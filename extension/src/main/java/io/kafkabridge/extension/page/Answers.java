package io.kafkabridge.extension.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;

/** How the page answers requests. */
final class Answers {

    static final String JSON = "application/json; charset=utf-8";
    static final String TEXT = "text/plain; charset=utf-8";

    /** Nothing from elsewhere, no inline scripts or styles, no frames: what topics and ids hold stays text. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private Answers() {}

    /** Sets the headers that every answer has. */
    static void headers(final HttpExchange exchange, final String type, final String caching) {
        HEADERS.forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", caching);
    }

    /** Answers and closes the exchange. HEAD gets no body. */
    static void send(final HttpExchange exchange, final int status, final String type, final byte[] body)
            throws IOException {
        try (exchange) {
            headers(exchange, type, status == 200 && !type.equals(JSON) ? "no-cache" : "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    static void send(final HttpExchange exchange, final int status, final String text) throws IOException {
        send(exchange, status, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the request only reads; otherwise it is answered with what is allowed. */
    static boolean reads(final HttpExchange exchange) throws IOException {
        final String method = exchange.getRequestMethod();
        if (method.equals("GET") || method.equals("HEAD")) {
            return true;
        }
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, 405, "There is nothing to change here: GET and HEAD only.");
        return false;
    }
}
