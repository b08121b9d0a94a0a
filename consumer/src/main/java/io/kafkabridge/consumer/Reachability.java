package io.kafkabridge.consumer;

import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

import io.kafkabridge.common.Console;

/**
 * Tells the user when Kafka goes away and when it comes back: the Kafka consumer itself only tries again. A consumer
 * sends a heartbeat to its group's coordinator every three seconds; none for ten seconds means that Kafka is away.
 */
final class Reachability {
    private static final double LIMIT_SECONDS = 10;
    private static final String METRIC = "last-heartbeat-seconds-ago";

    private final Console console;
    private final KafkaOptions kafka;
    private boolean away;

    Reachability(Console console, KafkaOptions kafka) {
        this.console = console;
        this.kafka = kafka;
    }

    /** Looks at the consumer's last heartbeat. */
    void check(Consumer<?, ?> consumer) {
        double seconds = lastHeartbeat(consumer.metrics());
        if (seconds > LIMIT_SECONDS) {
            away("");
        } else if (seconds >= 0) {
            back();
        }
    }

    /** Kafka does not answer. Said once. */
    void away(String detail) {
        if (!away) {
            away = true;
            console.warn("Cannot reach Kafka at " + kafka.bootstrapServers() + ", still trying" + detail);
        }
    }

    /** Kafka answers. */
    void back() {
        if (away) {
            away = false;
            console.warn("Kafka is back");
        }
    }

    private static double lastHeartbeat(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(METRIC))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .findFirst()
                .orElse(-1);
    }
}
