package io.kafkabridge.extension.page;

import java.util.Map;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.HttpHandler;

/**
 * The status page: {@code /}, {@code /events} and {@code /api/status}. From its making on it takes a sample a second, for the
 * plots; the rest is done only while somebody looks. Thread-safe.
 */
public final class StatusPage implements AutoCloseable {

    private final StatusFeed feed;
    private final EventsHandler events;
    private final Map<String, HttpHandler> handlers;

    /**
     * Begins to take samples.
     *
     * @param bridge what is shown
     * @param metrics HiveMQ's registry, where the bridge counts
     * @param installation what runs where
     */
    public StatusPage(final BridgeView bridge, final MetricRegistry metrics, final Installation installation) {
        feed = new StatusFeed(bridge, metrics, installation);
        events = new EventsHandler(feed);
        handlers = Map.of("/", new PageHandler(), "/events", events, "/api/status", new StatusHandler(feed));
    }

    /** The handler of each path and what is below it. */
    public Map<String, HttpHandler> handlers() {
        return handlers;
    }

    /** Ends the streams of all viewers, and the samples. */
    @Override
    public void close() {
        events.close();
        feed.close();
    }
}
