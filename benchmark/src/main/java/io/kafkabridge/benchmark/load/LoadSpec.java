package io.kafkabridge.benchmark.load;

import java.util.List;

/**
 * What the load generator shall do.
 *
 * @param port of the broker on 127.0.0.1
 * @param mqttVersion 3 for MQTT 3.1.1, 5 for MQTT 5
 * @param clients how many connections
 * @param window how many publishes each has in flight
 * @param size bytes of payload
 * @param qos 0 or 1
 * @param topic each client publishes to this and {@code /<its number>}
 * @param rampSeconds load before the measurement
 * @param seconds of measurement; 0: there are phases, which end when they are told to
 * @param maxMessages ends the measurement earlier, after so many; 0: doesn't
 * @param observe processes whose CPU time is measured
 */
public record LoadSpec(
        int port,
        int mqttVersion,
        int clients,
        int window,
        int size,
        int qos,
        String topic,
        double rampSeconds,
        double seconds,
        long maxMessages,
        List<Long> observe) {

    boolean isPhased() {
        return seconds == 0;
    }
}
