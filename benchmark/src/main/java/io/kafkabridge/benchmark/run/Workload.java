package io.kafkabridge.benchmark.run;

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

    private static final int MIN_SIZE = 12;
    private static final int MAX_WINDOW = 0xffff;

    public Workload {
        check(clients >= 1, "--clients is at least 1, not " + clients);
        check(window >= 1 && window <= MAX_WINDOW, "--window is 1 to 65535, not " + window);
        check(size >= MIN_SIZE, "--size is at least 12 bytes (client and number of a message), not " + size);
        check(qos == 0 || qos == 1, "--qos is 0 or 1, not " + qos);
        check(mqttVersion == 3 || mqttVersion == 5, "--mqtt is 3 (MQTT 3.1.1) or 5, not " + mqttVersion);
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
