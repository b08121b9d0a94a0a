package io.kafkabridge.extension.config;

/** A configuration with one mapping, {@code m1}, to the cluster {@code c1}. */
public final class MappingXml {

    private MappingXml() {}

    /**
     * The file.
     *
     * @param filter the mapping's topic filter
     * @param elements its further elements, {@code <kafka-topic>} among them; they begin in line 8
     */
    public static String of(final String filter, final String elements) {
        return """
                <kafka-configuration>
                  <kafka-clusters><kafka-cluster>
                    <id>c1</id><bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
                  </kafka-cluster></kafka-clusters>
                  <mqtt-to-kafka-mappings><mqtt-to-kafka-mapping>
                    <id>m1</id><cluster-id>c1</cluster-id>
                    <mqtt-topic-filters><mqtt-topic-filter>%s</mqtt-topic-filter></mqtt-topic-filters>
                    %s
                  </mqtt-to-kafka-mapping></mqtt-to-kafka-mappings>
                </kafka-configuration>
                """.formatted(filter, elements);
    }
}
