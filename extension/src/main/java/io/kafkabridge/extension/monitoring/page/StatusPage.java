package io.kafkabridge.extension.monitoring.page;

import java.util.Map;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.HttpHandler;

/**
 * The status page and what it is fed with. While there is a monitoring server, it takes a sample a second, for the plots;
 * the rest is done only while somebody looks. Its handlers leave authentication and security headers to the server. Thread-safe.
 */
public final class StatusPage implements AutoCloseable {

    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private final StatusFeed feed;
    private final Map<String, HttpHandler> pages;
    private final Map<String, HttpHandler> streams;

    /**
     * Begins to take samples, and to listen to what the bridge logs.
     *
     * @param bridge what is shown
     * @param metrics HiveMQ's registry, where the bridge counts
     * @param installation what runs where
     */
    public StatusPage(final BridgeView bridge, final MetricRegistry metrics, final Installation installation) {
        feed = new StatusFeed(bridge, metrics, installation);
        pages = Map.of(
                "/", new FileHandler("index.html", "text/html; charset=utf-8"),
                "/page.css", new FileHandler("page.css", "text/css; charset=utf-8"),
                "/page.js", new FileHandler("page.js", SCRIPT),
                "/plot.js", new FileHandler("plot.js", SCRIPT),
                "/sections.js", new FileHandler("sections.js", SCRIPT),
                "/text.js", new FileHandler("text.js", SCRIPT),
                "/icon.svg", new FileHandler("icon.svg", "image/svg+xml"),
                "/api/status", new StatusHandler(feed));
        streams = Map.of("/events", new EventsHandler(feed));
    }

    /** Handlers by their exact path, which answer at once. */
    public Map<String, HttpHandler> pages() {
        return pages;
    }

    /** Handlers by their exact path, which hold their thread for as long as somebody looks, or until it is interrupted. */
    public Map<String, HttpHandler> streams() {
        return streams;
    }

    /** Takes no more samples. */
    @Override
    public void close() {
        feed.close();
    }
}
