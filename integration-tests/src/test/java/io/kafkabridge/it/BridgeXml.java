package io.kafkabridge.it;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the bridge's {@code config.xml} for a test. */
final class BridgeXml {

    private final List<String> clusters = new ArrayList<>();
    private final List<String> mappings = new ArrayList<>();
    private String monitoring = "";

    /** One mapping from a topic filter to a Kafka topic, on one cluster. */
    static String single(final String bootstrapServers, final String filter, final String kafkaTopic) {
        return new BridgeXml()
                .cluster("cluster01", bootstrapServers, "")
                .mapping("mapping01", "cluster01", kafkaTopic, filter)
                .toString();
    }

    BridgeXml cluster(final String id, final String bootstrapServers, final String more) {
        clusters.add("<kafka-cluster><id>%s</id><bootstrap-servers>%s</bootstrap-servers>%s</kafka-cluster>"
                .formatted(id, bootstrapServers, more));
        return this;
    }

    BridgeXml mapping(final String id, final String clusterId, final String kafkaTopic, final String... filters) {
        return mappingWith(id, clusterId, "<kafka-topic>" + kafkaTopic + "</kafka-topic>", filters);
    }

    /** A mapping with further elements, {@code <kafka-topic>} among them. */
    BridgeXml mappingWith(final String id, final String clusterId, final String elements, final String... filters) {
        mappings.add("""
                <mqtt-to-kafka-mapping><id>%s</id><cluster-id>%s</cluster-id>
                <mqtt-topic-filters>%s</mqtt-topic-filters>%s</mqtt-to-kafka-mapping>
                """.formatted(
                        id,
                        clusterId,
                        Stream.of(filters)
                                .map(filter -> "<mqtt-topic-filter>" + filter + "</mqtt-topic-filter>")
                                .collect(Collectors.joining()),
                        elements));
        return this;
    }

    /** The monitoring server on a port of this machine, and further elements of it. */
    BridgeXml monitoring(final int port, final String more) {
        monitoring = "<monitoring><port>%d</port>%s</monitoring>".formatted(port, more);
        return this;
    }

    @Override
    public String toString() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <kafka-configuration>
                <kafka-clusters>%s</kafka-clusters>
                <mqtt-to-kafka-mappings>%s</mqtt-to-kafka-mappings>
                %s
                </kafka-configuration>
                """.formatted(String.join("\n", clusters), String.join("\n", mappings), monitoring);
    }
}
