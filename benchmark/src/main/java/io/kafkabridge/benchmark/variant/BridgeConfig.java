package io.kafkabridge.benchmark.variant;

/** The bridge's {@code config.xml} for the benchmark: a mapping for every numbered topic, all else as by default. */
final class BridgeConfig {

    private BridgeConfig() {}

    static String of(String bootstrapServers, int topics) {
        StringBuilder mappings = new StringBuilder();
        for (int number = 0; number < topics; number++) {
            mappings.append("""
                    <mqtt-to-kafka-mapping>
                      <id>mapping%d</id>
                      <cluster-id>cluster01</cluster-id>
                      <mqtt-topic-filters><mqtt-topic-filter>%s/+</mqtt-topic-filter></mqtt-topic-filters>
                      <kafka-topic>%s</kafka-topic>
                    </mqtt-to-kafka-mapping>
                    """.formatted(number, Variant.BRIDGE.mqttTopic(number), Variant.kafkaTopic(number)));
        }
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <kafka-configuration>
                <kafka-clusters><kafka-cluster>
                  <id>cluster01</id>
                  <bootstrap-servers>%s</bootstrap-servers>
                </kafka-cluster></kafka-clusters>
                <mqtt-to-kafka-mappings>
                %s</mqtt-to-kafka-mappings>
                </kafka-configuration>
                """.formatted(bootstrapServers, mappings);
    }
}
