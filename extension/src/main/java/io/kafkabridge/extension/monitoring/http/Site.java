package io.kafkabridge.extension.monitoring.http;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;

import com.sun.net.httpserver.HttpHandler;

/**
 * What the monitoring server shows. A handler answers GET and HEAD only; authentication, methods and security headers are the
 * server's. It runs on a thread of the server, of which there are few.
 *
 * @param open handlers by their exact path, for everybody: health checks
 * @param pages handlers by their exact path; have to finish within {@link Workers#PATIENCE}
 * @param streams handlers by their exact path that may go on for as long as they want, each on a thread of its own; only a
 *     single write has to finish in time. They are interrupted when the server stops
 */
public record Site(Map<String, HttpHandler> open, Map<String, HttpHandler> pages, Map<String, HttpHandler> streams) {

    public Site {
        open = Map.copyOf(open);
        pages = Map.copyOf(pages);
        streams = Map.copyOf(streams);
    }

    /** All paths, sorted. */
    Collection<String> paths() {
        final Collection<String> all = new TreeSet<>(open.keySet());
        all.addAll(pages.keySet());
        all.addAll(streams.keySet());
        return all;
    }
}
