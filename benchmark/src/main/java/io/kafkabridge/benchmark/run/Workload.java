package io.kafkabridge.benchmark.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kafkabridge.benchmark.load.LoadSpec;
import io.kafkabridge.benchmark.variant.RunningVariant;

/**
 * What the clients do.
 *
 * @param clients how many connections
 * @param window publishes that each has in flight
 * @param size bytes of payload, at least the 12 that number a message
 * @param qos 0 or 1
 * @param mqttVersion 3 for MQTT 3.1.1, 5 for MQTT 5
 */
public record Workload(int clients, int window, int size, int qos, int mqttVersion) {

    /** The JIT compilers are through with the hot path by then. */
    private static final long WARM_UP_MESSAGES = 500_000;

    private static final int MIN_SIZE = 12;
    private static final int MAX_WINDOW = 0xffff;

    public Workload {
        check(clients >= 1, "--clients is at least 1, not " + clients);
        check(window >= 1 && window <= MAX_WINDOW, "--window is 1 to 65535, not " + window);
        check(size >= MIN_SIZE, "--size is at least 12 bytes (client and number of a message), not " + size);
        check(qos == 0 || qos == 1, "--qos is 0 or 1, not " + qos);
        check(mqttVersion == 3 || mqttVersion == 5, "--mqtt is 3 (MQTT 3.1.1) or 5, not " + mqttVersion);
    }

    /**
     * The load of this workload on a variant.
     *
     * @param topic its number
     * @param ramp load before the measurement
     * @param time of the measurement; zero: it has phases
     * @param maxMessages ends the measurement earlier, after so many; 0: doesn't
     */
    public LoadSpec spec(RunningVariant running, int topic, Duration ramp, Duration time, long maxMessages) {
        List<Long> observe = new ArrayList<>(running.brokerPids());
        observe.addAll(running.kafkaPids());
        return new LoadSpec(
                running.port(),
                mqttVersion,
                clients,
                window,
                size,
                qos,
                running.variant().mqttTopic(topic),
                ramp.toMillis() / 1000.0,
                time.toMillis() / 1000.0,
                maxMessages,
                observe);
    }

    /** What makes a variant warm: 20 clients x 10, for that time at most. */
    public static LoadSpec warmUp(RunningVariant running, int topic, Duration limit) {
        return new Workload(20, 10, 256, 1, 3).spec(running, topic, Duration.ZERO, limit, WARM_UP_MESSAGES);
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new IllegalArgumentException(message);
        }
    }

    /** For people: {@code 20 clients x 10, 256 B, QoS 1}. */
    @Override
    public String toString() {
        return clients + (clients == 1 ? " client x " : " clients x ") + window + ", " + size + " B, QoS " + qos
                + (mqttVersion == 5 ? ", MQTT 5" : "");
    }
}
