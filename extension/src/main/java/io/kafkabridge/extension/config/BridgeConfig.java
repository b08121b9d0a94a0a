package io.kafkabridge.extension.config;

import java.util.List;

/**
 * What {@code config.xml} says, checked.
 *
 * @param clusters at least one, ids unique
 * @param mappings at least one, ids unique, each naming one of the clusters
 */
public record BridgeConfig(List<KafkaCluster> clusters, List<Mapping> mappings) {

    public BridgeConfig {
        clusters = List.copyOf(clusters);
        mappings = List.copyOf(mappings);
    }
}
