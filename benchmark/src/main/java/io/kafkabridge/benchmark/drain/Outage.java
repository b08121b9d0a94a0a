package io.kafkabridge.benchmark.drain;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

import io.kafkabridge.benchmark.ledger.Ledger;
import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.ledger.TopicReader;
import io.kafkabridge.benchmark.load.LoadProcess;
import io.kafkabridge.benchmark.load.LoadResult;
import io.kafkabridge.benchmark.run.Workload;
import io.kafkabridge.benchmark.variant.RunningVariant;
import io.kafkabridge.benchmark.variant.Stage;
import io.kafkabridge.benchmark.variant.Variant;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaNode;

/**
 * Makes an outage of Kafka while clients publish as fast as they can, from before until after it, and measures its phases. For
 * one thread.
 */
final class Outage {

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration SWITCH_LIMIT = Duration.ofSeconds(30);
    private static final Duration RETURN_LIMIT = Duration.ofMinutes(2);
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Stage stage;
    private final LoadProcess generator;
    private final Workload workload;
    private final Duration fill;
    private final int partitions;
    private final Consumer<String> complaints;

    /**
     * Makes outages possible.
     *
     * @param stage with a running bridge
     * @param fill how long Kafka stays away after the switch to the spool
     * @param partitions of the stage's topics
     * @param complaints gets warnings and errors of HiveMQ
     */
    Outage(
            Stage stage,
            LoadProcess generator,
            Workload workload,
            Duration fill,
            int partitions,
            Consumer<String> complaints) {
        this.stage = stage;
        this.generator = generator;
        this.workload = workload;
        this.fill = fill;
        this.partitions = partitions;
        this.complaints = complaints;
    }

    /**
     * Makes an outage and measures it.
     *
     * @throws IllegalStateException if the bridge doesn't tell of it
     */
    DrainRound measure() throws IOException, InterruptedException {
        RunningVariant bridge = stage.get(Variant.BRIDGE);
        Kafka kafka = bridge.kafka().orElseThrow();
        int topic = stage.newTopic();
        BridgeLog log = new BridgeLog(bridge.brokerLog());

        generator.beginPhases(workload.spec(bridge, topic, SETTLING, Duration.ZERO, 0));
        sleep(SETTLING.plus(BEFORE));
        generator.nextPhase();
        kafka.kill();
        log.awaitAway(SWITCH_LIMIT);
        sleep(SETTLING);
        generator.nextPhase();
        sleep(fill);
        generator.nextPhase();
        kafka.nodes().forEach(KafkaNode::start);
        long spooled = log.awaitBack(RETURN_LIMIT);
        generator.nextPhase();
        DrainRate rate = new DrainRate();
        boolean drained = watchDrain(kafka, Variant.kafkaTopic(topic), log, rate);
        generator.nextPhase();
        sleep(AFTER);
        LoadResult load = generator.end();

        kafka.awaitComplete();
        LedgerCheck ledger =
                TopicReader.read(kafka.bootstrapServers(), Variant.kafkaTopic(topic), new Ledger(load), PATIENCE);
        log.complaints().forEach(complaints);
        return new DrainRound(
                load.phases().get(0),
                load.phases().get(1),
                load.phases().get(2),
                spooled,
                load.phases().get(4), // 3 is Kafka's start
                rate.perSecond(),
                drained,
                ledger,
                load.disconnected());
    }

    private boolean watchDrain(Kafka kafka, String topic, BridgeLog log, DrainRate rate) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        long limit = System.nanoTime() + DRAIN_LIMIT.toNanos();
        try (Admin admin = kafka.admin()) {
            while (System.nanoTime() - limit < 0) {
                long records = admin.listOffsets(ends).all().get().values().stream()
                        .mapToLong(end -> end.offset())
                        .sum();
                rate.add(System.nanoTime(), records);
                if (log.isLive()) {
                    rate.removeLatest();
                    return true;
                }
                sleep(LOOK);
            }
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka didn't tell how many records it has", e);
        }
    }

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
