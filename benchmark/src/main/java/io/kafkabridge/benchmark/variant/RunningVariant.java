package io.kafkabridge.benchmark.variant;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.kafkabridge.stack.Kafka;

/**
 * A variant that can be loaded.
 *
 * @param port for MQTT
 * @param brokerPids the processes whose CPU time counts as the broker's: HiveMQ, and the forwarder if there is one
 * @param kafka where its messages end
 * @param kafkaAway whether Kafka is away during the load
 * @param brokerLog what HiveMQ has logged
 */
public record RunningVariant(
        Variant variant,
        int port,
        List<Long> brokerPids,
        Optional<Kafka> kafka,
        boolean kafkaAway,
        Supplier<String> brokerLog) {

    /** The bridge's default delivery timeout, and a second to switch to the spool. */
    private static final Duration SWITCH = Duration.ofSeconds(4);

    /** Load that is needed before it does what is to be measured. */
    public Duration settling() {
        return kafkaAway ? SWITCH : Duration.ZERO;
    }

    /** Makes it what it is during the load. */
    public void beforeLoad() {
        if (kafkaAway) {
            kafka.orElseThrow().kill();
        }
    }

    /** Ends what was only for the load. */
    public void afterLoad() {
        if (kafkaAway) {
            kafka.orElseThrow().start();
        }
    }

    /** The processes of Kafka that run now. */
    public List<Long> kafkaPids() {
        return kafka.stream()
                .flatMap(cluster -> cluster.nodes().stream())
                .filter(node -> node.isRunning())
                .map(node -> node.pid())
                .toList();
    }
}
