package io.kafkabridge.extension.kafka;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.kafkabridge.extension.model.KafkaCluster;

/** Sends single records to a cluster, for an operator's command: with the bridge's settings, but it waits. For one thread. */
public final class Resend implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * Connects, without waiting for it.
     *
     * @throws UnknownHostException when no bootstrap server has an address
     * @throws KafkaException when a setting doesn't work out
     */
    public Resend(final KafkaCluster cluster) throws UnknownHostException {
        KafkaClients.checkAnyHostIsKnown(cluster);
        producer = new KafkaProducer<>(
                ProducerSettings.blocking(cluster), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends a record; completes when all in-sync replicas have it, or with the reason why they haven't. */
    public CompletableFuture<Void> send(final ProducerRecord<byte[], byte[]> record) {
        final CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, error) -> {
                if (error == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(error);
                }
            });
        } catch (final KafkaException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** Whether an error is this record's own: others may get through. */
    public static boolean concernsRecord(final Throwable error) {
        return error instanceof Exception exception
                && (KafkaErrors.concernsRecord(exception) || KafkaErrors.ofTopic(exception) != null);
    }

    /** Whether an error is that of its Kafka topic: another record for it gets no further. */
    public static boolean concernsTopic(final Throwable error) {
        return error instanceof Exception exception && KafkaErrors.ofTopic(exception) != null;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
