package io.kafkabridge.extension.monitoring.prometheus;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A registry as Prometheus reads it. */
class ScrapeTest {

    private static final String TEXT = "text/plain";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

    private final MetricRegistry registry = new MetricRegistry();

    private String scrape(final String accept) throws IOException {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        ExpositionFormats.init().findWriter(accept).write(text, Scrape.of(registry));
        return text.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mapping.m1.received; kafkabridge_mapping_received_total{mapping=\"m1\"} 7.0",
                "mapping.a.b.spooled; kafkabridge_mapping_spooled_total{mapping=\"a.b\"} 7.0",
                "mapping.m1.bytes; kafkabridge_mapping_bytes_total{mapping=\"m1\"} 7.0",
                "mapping.m1.pending; kafkabridge_mapping_pending{mapping=\"m1\"} 7.0",
                "mapping.m1.rejected-because.too-large; kafkabridge_mapping_rejected_total{mapping=\"m1\",reason=\"too-large\"} 7.0",
                "mapping.m1.held-back.min-qos; kafkabridge_mapping_held_back_total{mapping=\"m1\",reason=\"min-qos\"} 7.0",
                "mapping.a.held-back.received; kafkabridge_mapping_received_total{mapping=\"a.held-back\"} 7.0",
                "cluster.c.1.outages; kafkabridge_cluster_outages_total{cluster=\"c.1\"} 7.0",
                "auth.logins.refused; kafkabridge_auth_logins_total{result=\"refused\"} 7.0"
            })
    void counter_hasItsLabels(final String name, final String line) throws IOException {
        // Given
        registry.counter("io.kafkabridge." + name).inc(7);

        // Then
        assertThat(scrape(TEXT).lines()).contains(line);
        assertThat(scrape(OPEN_METRICS).lines()).contains(line);
    }

    @Test
    void gauge_hasItsHelpTypeAndUnit() throws IOException {
        // Given
        registry.gauge("io.kafkabridge.cluster.c1.spool-free-bytes", () -> (Gauge<Long>) () -> 5L);

        // Then
        assertThat(scrape(OPEN_METRICS)).isEqualTo("""
                        # TYPE kafkabridge_cluster_spool_free_bytes gauge
                        # UNIT kafkabridge_cluster_spool_free_bytes bytes
                        # HELP kafkabridge_cluster_spool_free_bytes Bytes that the spool may still grow by
                        kafkabridge_cluster_spool_free_bytes{cluster="c1"} 5.0
                        # EOF
                        """);
        assertThat(scrape(TEXT)).isEqualTo("""
                        # HELP kafkabridge_cluster_spool_free_bytes Bytes that the spool may still grow by
                        # TYPE kafkabridge_cluster_spool_free_bytes gauge
                        kafkabridge_cluster_spool_free_bytes{cluster="c1"} 5.0
                        """);
    }

    @Test
    void timer_isInSeconds() throws IOException {
        // Given
        registry.timer("io.kafkabridge.cluster.c1.kafka-latency").update(Duration.ofMillis(1500));

        // Then
        assertThat(scrape(TEXT).lines().filter(line -> !line.startsWith("#")))
                .containsExactly(
                        "kafkabridge_cluster_kafka_latency_max_seconds{cluster=\"c1\"} 1.5",
                        "kafkabridge_cluster_kafka_latency_seconds{cluster=\"c1\",quantile=\"0.5\"} 1.5",
                        "kafkabridge_cluster_kafka_latency_seconds{cluster=\"c1\",quantile=\"0.99\"} 1.5",
                        "kafkabridge_cluster_kafka_latency_seconds_count{cluster=\"c1\"} 1");
    }

    @Test
    void sumOfTheReasons_isNotShown() throws IOException {
        // Given
        registry.counter("io.kafkabridge.mapping.m1.rejected").inc();

        // Then
        assertThat(scrape(TEXT)).isEmpty();
    }

    @Test
    void everythingElse_hasTheNameOfHiveMqsPrometheusExtension() throws IOException {
        // Given
        registry.counter("com.hivemq.messages.incoming.publish.count").inc(3);
        registry.gauge("com.hivemq.networking.bytes.read.total", () -> (Gauge<Long>) () -> 4L);
        registry.gauge("com.hivemq.yes", () -> (Gauge<Boolean>) () -> true);
        registry.meter("some-extension.rate").mark(5);
        registry.histogram("com.hivemq.sizes").update(6);

        // Then
        assertThat(scrape(TEXT).lines().filter(line -> !line.startsWith("# HELP")))
                .contains(
                        "# TYPE com_hivemq_messages_incoming_publish_count gauge",
                        "com_hivemq_messages_incoming_publish_count 3.0",
                        "com_hivemq_networking_bytes_read_total 4.0",
                        "com_hivemq_yes 1.0",
                        "some_extension_rate_total 5.0",
                        "com_hivemq_sizes{quantile=\"0.5\"} 6.0",
                        "com_hivemq_sizes{quantile=\"0.999\"} 6.0",
                        "com_hivemq_sizes_count 1");
    }

    @Test
    void whatCanNotBeRead_isLeftOut() throws IOException {
        // Given
        registry.gauge("broken", () -> (Gauge<Long>) () -> {
            throw new IllegalStateException("not now");
        });
        registry.gauge("text", () -> (Gauge<String>) () -> "words");
        registry.counter("a.b").inc();
        registry.counter("a_b").inc(2);
        registry.counter("good").inc();

        // Then
        assertThat(scrape(TEXT).lines().filter(line -> !line.startsWith("#"))).containsExactly("a_b 1.0", "good 1.0");
    }

    @Test
    void labels_areEscaped() throws IOException {
        // Given: no id of config.xml looks like that
        registry.counter("io.kafkabridge.mapping.\"\n}x{.received").inc();

        // Then
        assertThat(scrape(TEXT).lines()).contains("kafkabridge_mapping_received_total{mapping=\"\\\"\\n}x{\"} 1.0");
    }
}
