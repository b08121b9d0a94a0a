package io.kafkabridge.extension.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.kafkabridge.extension.model.KafkaCluster;

/**
 * Opens the clients of a cluster, and closes them. Both may take as long as a name server does, so both are done on threads of
 * their own, which end when there is nothing to do. Thread-safe.
 */
public final class KafkaClients {

    /** Makes a producer of its settings. */
    @FunctionalInterface
    public interface Constructor {
        Producer<byte[], byte[]> make(Map<String, Object> settings) throws UnknownHostException;
    }

    private final KafkaCluster cluster;
    private final Constructor constructor;
    private final Executor executor;
    private final LongSupplier clock;

    /** Those of a cluster. */
    public KafkaClients(final KafkaCluster cluster) {
        this(
                cluster,
                settings -> {
                    checkAnyHostIsKnown(cluster);
                    KafkaLogging.quieten();
                    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                },
                threads(cluster.id()),
                System::nanoTime);
    }

    /**
     * A seam for tests.
     *
     * @param constructor makes a producer of its settings; what it throws is why there is none now
     * @param executor opens and closes
     * @param clock {@link System#nanoTime}
     */
    public KafkaClients(
            final KafkaCluster cluster,
            final Constructor constructor,
            final Executor executor,
            final LongSupplier clock) {
        this.cluster = cluster;
        this.constructor = constructor;
        this.executor = executor;
        this.clock = clock;
    }

    private static Executor threads(final String clusterId) {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            final Thread thread = new Thread(task, "hivemq-kafka-bridge-clients-" + clusterId);
            // Kafka loads login modules by name through the context class loader: this jar's.
            thread.setContextClassLoader(KafkaClients.class.getClassLoader());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens a producer for records that clients wait for; it then finds its brokers by itself. Fails with an {@link
     * UnknownHostException}, or a {@link RuntimeException} when a setting doesn't work out, such as a broken truststore.
     *
     * @param onFailure see {@link KafkaSender}
     */
    public CompletableFuture<KafkaSender> open(final Runnable onFailure) {
        return open(() -> ProducerSettings.live(cluster), onFailure);
    }

    /** Opens a producer for records that nobody waits for, as {@link #open} does. */
    public CompletableFuture<KafkaSender> openPatient(final Runnable onFailure) {
        return open(() -> ProducerSettings.patient(cluster), onFailure);
    }

    private CompletableFuture<KafkaSender> open(
            final Callable<Map<String, Object>> settings, final Runnable onFailure) {
        return run(() -> new KafkaSender(constructor.make(settings.call()), executor, onFailure, clock));
    }

    /** Opens a client that asks about topics and creates them. Errors as {@link #open}. */
    public CompletableFuture<Admin> openAdmin() {
        return run(() -> admin(cluster));
    }

    /** As {@link #openAdmin}, but waits for the name servers. */
    static Admin admin(final KafkaCluster cluster) throws UnknownHostException {
        checkAnyHostIsKnown(cluster);
        return Admin.create(ProducerSettings.admin(cluster));
    }

    /** Runs what may wait for Kafka, and later tells how it ended. Errors are told as well, so that nothing is lost in silence. */
    <T> CompletableFuture<T> run(final Callable<T> task) {
        final CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(task.call());
            } catch (final Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** A producer finds out as well, but only after it has built everything else, once a second for as long as it lasts. */
    static void checkAnyHostIsKnown(final KafkaCluster cluster) throws UnknownHostException {
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
}
