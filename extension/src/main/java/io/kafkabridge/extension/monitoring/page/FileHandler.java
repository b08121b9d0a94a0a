package io.kafkabridge.extension.monitoring.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/** Serves one of the page's files, which are in the jar. Thread-safe. */
final class FileHandler implements HttpHandler {

    private final String type;
    private final byte[] content;

    /**
     * Reads a file.
     *
     * @param name beside this class
     * @param type its media type
     */
    FileHandler(final String name, final String type) {
        this.type = type;
        try (InputStream in = Objects.requireNonNull(FileHandler.class.getResourceAsStream(name), name)) {
            content = in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        Answers.headers(exchange, type, "no-cache");
        Answers.send(exchange, content);
    }
}
