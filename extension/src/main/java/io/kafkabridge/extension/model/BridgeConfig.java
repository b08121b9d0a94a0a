package io.kafkabridge.extension.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code config.xml} says, checked.
 *
 * @param clusters at least one, ids unique
 * @param mappings at least one, ids unique, each naming one of the clusters
 * @param monitoring the monitoring server; empty: there is none
 * @param files the files that it was read from: {@code config.xml}, those of placeholders, certificates, keys and stores
 * @param warnings what the file says and the bridge does otherwise, in the order of the file; for the log
 */
public record BridgeConfig(
        List<KafkaCluster> clusters,
        List<Mapping> mappings,
        Optional<Monitoring> monitoring,
        Set<Path> files,
        List<Problem> warnings) {

    public BridgeConfig {
        clusters = List.copyOf(clusters);
        mappings = List.copyOf(mappings);
        files = Set.copyOf(files);
        warnings = List.copyOf(warnings);
    }
}
