package io.kafkabridge.extension.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.model.KafkaCluster;

/** Opens the producers of a cluster, one after the other. */
final class Producers {

    private final KafkaCluster cluster;
    private final Function<Map<String, Object>, Producer<byte[], byte[]>> constructor;

    Producers(final KafkaCluster cluster) {
        this(cluster, settings -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    Producers(final KafkaCluster cluster, final Function<Map<String, Object>, Producer<byte[], byte[]>> constructor) {
        this.cluster = cluster;
        this.constructor = constructor;
    }

    /**
     * Opens a producer for records that clients wait for; blocks for as long as DNS does.
     *
     * @throws UnknownHostException when no bootstrap server has an address
     * @throws org.apache.kafka.common.KafkaException when a setting doesn't work out, for example a broken truststore
     */
    Producer<byte[], byte[]> open() throws UnknownHostException {
        return open(ProducerSettings.live(cluster));
    }

    /** Opens a producer for records that nobody waits for, as {@link #open()} does. */
    Producer<byte[], byte[]> openPatient() throws UnknownHostException {
        return open(ProducerSettings.patient(cluster));
    }

    /** Opens a client that creates topics; blocks for as long as DNS does. Errors as {@link #open()}. */
    Admin openAdmin() throws UnknownHostException {
        checkAnyHostIsKnown();
        return Admin.create(ProducerSettings.admin(cluster));
    }

    private Producer<byte[], byte[]> open(final Map<String, Object> settings) throws UnknownHostException {
        checkAnyHostIsKnown();
        KafkaLogging.quieten();
        return constructor.apply(settings);
    }

    /** A producer finds out as well, but only after it has built everything else, once a second for as long as it lasts. */
    void checkAnyHostIsKnown() throws UnknownHostException {
        UnknownHostException unknown = new UnknownHostException(cluster.bootstrapServers());
        for (final String server : cluster.bootstrapServers().split(",", -1)) {
            try {
                InetAddress.getAllByName(
                        server.substring(0, server.lastIndexOf(':')).strip());
                return;
            } catch (final UnknownHostException e) {
                unknown = e;
            }
        }
        throw unknown;
    }

    /** Whether any broker answers a producer. */
    static boolean isConnected(final @Nullable Producer<byte[], byte[]> producer) {
        return producer != null && number(metric(producer, "connection-count")) > 0;
    }

    /** A metric of a whole producer; null when it has none of that name. */
    static @Nullable Metric metric(final Producer<byte[], byte[]> producer, final String name) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().group().equals("producer-metrics"))
                .findAny()
                .orElse(null);
    }

    /** What a metric stands at; 0 for none. */
    static double number(final @Nullable Metric metric) {
        return metric != null && metric.metricValue() instanceof Double number ? number : 0;
    }
}
