package io.kafkabridge.benchmark.variant;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

import io.kafkabridge.benchmark.forwarder.CamelMain;
import io.kafkabridge.benchmark.forwarder.PahoSubscriberMain;
import io.kafkabridge.benchmark.load.SinkMain;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.HiveMqBuilder;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

/**
 * All variants of a run, each with a HiveMQ of its own, started once and kept, so that they are warm and can take turns. They
 * share one Kafka; the variant that Kafka leaves has another. For one thread.
 */
public final class Stage implements AutoCloseable {

    private final Path folder;
    private final Path bridgeZip;
    private final Path otherZip;
    private final int topics;
    private final int partitions;
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final Map<Variant, RunningVariant> variants = new EnumMap<>(Variant.class);
    private final Kafka kafka;
    private int nextTopic;

    /**
     * Starts Kafka with the topics.
     *
     * @param folder for the brokers' data
     * @param bridgeZip the extension as users get it
     * @param otherZip another version of it
     * @param topics how many numbered topics are needed
     * @param partitions of each topic
     */
    public Stage(Path folder, Path bridgeZip, Path otherZip, int topics, int partitions) {
        this.folder = folder;
        this.bridgeZip = bridgeZip;
        this.otherZip = otherZip;
        this.topics = topics;
        this.partitions = partitions;
        kafka = startKafka("kafka");
    }

    private Kafka startKafka(String name) {
        Kafka cluster = Kafka.builder()
                .folder(folder.resolve(name))
                .jvmOption("-Xmx512m")
                .start();
        started.push(cluster::close);
        try (Admin admin = cluster.admin()) {
            admin.createTopics(IntStream.range(0, topics)
                            .mapToObj(number -> new NewTopic(Variant.kafkaTopic(number), partitions, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka couldn't create the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return cluster;
    }

    /** The number of a topic that has no records yet. */
    public int newTopic() {
        return nextTopic++;
    }

    /** Starts those variants that aren't there yet. */
    public void start(Collection<Variant> wanted) throws IOException {
        for (Variant variant : wanted) {
            if (!variants.containsKey(variant)) {
                variants.put(variant, start(variant));
            }
        }
    }

    /** A variant that was started. */
    public RunningVariant get(Variant variant) {
        return Objects.requireNonNull(variants.get(variant));
    }

    private RunningVariant start(Variant variant) throws IOException {
        return switch (variant) {
            case SINK -> {
                int port = Ports.free();
                Forwarder sink = keep(Forwarder.start(SinkMain.class, Integer.toString(port)));
                yield new RunningVariant(variant, port, List.of(sink.pid()), Optional.empty(), false, () -> "");
            }
            case NONE -> running(variant, hivemq(variant));
            case PUBLISH_ONLY -> running(variant, hivemq(variant, false, "PublishOnlyMain"));
            case FLOOR -> running(variant, hivemq(variant, false, "FloorMain"));
            case HOLD_PUBLISH -> running(variant, hivemq(variant, true, "HoldPublishMain", "Records"));
            case BRIDGE -> running(variant, bridge(variant, bridgeZip, kafka));
            case BRIDGE_OTHER -> running(variant, bridge(variant, otherZip, kafka));
            case BRIDGE_UNMAPPED -> {
                start(List.of(Variant.BRIDGE));
                RunningVariant bridge = get(Variant.BRIDGE);
                yield new RunningVariant(
                        variant, bridge.port(), bridge.brokerPids(), Optional.of(kafka), false, bridge.brokerLog());
            }
            case BRIDGE_AWAY -> {
                Kafka away = startKafka("kafka-away");
                HiveMq hivemq = bridge(variant, bridgeZip, away);
                yield new RunningVariant(
                        variant, hivemq.mqttPort(), List.of(hivemq.pid()), Optional.of(away), true, hivemq::log);
            }
            case PAHO_SUBSCRIBER -> forwarded(variant, PahoSubscriberMain.class);
            case CAMEL -> forwarded(variant, CamelMain.class);
        };
    }

    private RunningVariant running(Variant variant, HiveMq hivemq) {
        return new RunningVariant(
                variant, hivemq.mqttPort(), List.of(hivemq.pid()), Optional.of(kafka), false, hivemq::log);
    }

    private RunningVariant forwarded(Variant variant, Class<?> main) throws IOException {
        HiveMq hivemq = hivemq(variant);
        Forwarder forwarder =
                keep(Forwarder.start(main, Integer.toString(hivemq.mqttPort()), kafka.bootstrapServers()));
        return new RunningVariant(
                variant,
                hivemq.mqttPort(),
                List.of(hivemq.pid(), forwarder.pid()),
                Optional.of(kafka),
                false,
                hivemq::log);
    }

    private HiveMq bridge(Variant variant, Path zip, Kafka target) {
        return keep(builder(variant)
                .extension(zip)
                .file(
                        "extensions/hivemq-kafka-bridge/conf/config.xml",
                        BridgeConfig.of(target.bootstrapServers(), topics))
                .start());
    }

    private HiveMq hivemq(Variant variant) {
        return keep(builder(variant).start());
    }

    private HiveMq hivemq(Variant variant, boolean withKafka, String... classes) throws IOException {
        Path jar = ExtensionFolder.write(folder.resolve("extensions"), variant.toString(), List.of(classes), withKafka);
        return keep(builder(variant)
                .extension(jar)
                .env("BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                .start());
    }

    private HiveMqBuilder builder(Variant variant) {
        return HiveMq.builder().folder(folder.resolve(variant.toString())).allowAllClients();
    }

    private HiveMq keep(HiveMq hivemq) {
        started.push(hivemq::close);
        return hivemq;
    }

    private Forwarder keep(Forwarder forwarder) {
        started.push(forwarder::close);
        return forwarder;
    }

    /** Ends all processes, the last one first. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            started.pop().run();
        }
    }
}
