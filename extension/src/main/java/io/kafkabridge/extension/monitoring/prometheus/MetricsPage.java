package io.kafkabridge.extension.monitoring.prometheus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

import com.codahale.metrics.MetricRegistry;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;

import io.kafkabridge.extension.monitoring.http.Answer;

/**
 * All metrics of HiveMQ's registry for Prometheus: in its text format, or in OpenMetrics when the request asks for that. Reads the
 * registry without holding anybody up. Thread-safe.
 */
public final class MetricsPage implements HttpHandler {

    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final MetricRegistry registry;

    /** Makes the page of a registry. */
    public MetricsPage(final MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void handle(final HttpExchange exchange) throws IOException {
        final ExpositionFormatWriter writer =
                FORMATS.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        writer.write(text, Scrape.of(registry));
        Answer.send(exchange, 200, writer.getContentType(), text.toByteArray());
    }
}
