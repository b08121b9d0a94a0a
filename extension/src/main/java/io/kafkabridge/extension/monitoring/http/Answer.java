package io.kafkabridge.extension.monitoring.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;

/** Whole answers to HTTP requests. */
public final class Answer {

    /** The JDK's server and its channels copy what is written at a time, for each thread that waits for a slow client. */
    private static final int PIECE = 1 << 16;

    private Answer() {}

    /**
     * Answers with a line of text.
     *
     * @param status the HTTP status code
     * @throws IOException when the client has gone
     */
    public static void text(final HttpExchange exchange, final int status, final String line) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Answers and ends the exchange; a HEAD request gets the headers alone.
     *
     * @param status the HTTP status code
     * @param contentType the media type, with its charset
     * @throws IOException when the client has gone
     */
    public static void send(final HttpExchange exchange, final int status, final String contentType, final byte[] body)
            throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                final OutputStream out = exchange.getResponseBody();
                for (int at = 0; at < body.length; at += PIECE) {
                    out.write(body, at, Math.min(PIECE, body.length - at));
                }
            }
        }
    }
}
