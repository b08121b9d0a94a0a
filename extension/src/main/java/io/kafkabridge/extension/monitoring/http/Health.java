package io.kafkabridge.extension.monitoring.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;

/** The answers to the probes of container platforms and load balancers: 200 for yes, 503 for no, and why as JSON. */
public final class Health {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Health() {}

    /**
     * Answers whether the extension runs, or only a restart of HiveMQ helps.
     *
     * @param stuck the Kafka clusters whose records don't move any more, by a mistake in the bridge
     */
    public static HttpHandler live(final Supplier<List<String>> stuck) {
        return exchange -> {
            final List<String> clusters = stuck.get();
            if (clusters.isEmpty()) {
                Answer.text(exchange, 200, "The bridge runs.");
            } else {
                Answer.text(
                        exchange,
                        503,
                        "The bridge is stuck: nothing moves for " + String.join(", ", clusters)
                                + ". The log has the error. Restart HiveMQ.");
            }
        };
    }

    /** Answers whether what clients publish is safe. */
    public static HttpHandler ready(final Supplier<Readiness> readiness) {
        return exchange -> {
            final Readiness now = readiness.get();
            Answer.send(exchange, now.ready() ? 200 : 503, "application/json", json(now));
        };
    }

    private static byte[] json(final Readiness readiness) throws JsonProcessingException {
        final Map<String, Object> document = new LinkedHashMap<>();
        document.put("ready", readiness.ready());
        document.put("configuration", readiness.configuration());
        document.put("clusters", readiness.clusters());
        return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
