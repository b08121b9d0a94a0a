package io.kafkabridge.extension.monitoring.http;

import java.util.List;

/**
 * Whether what clients publish is safe now.
 *
 * @param configuration which one is in force; not secret, as below
 * @param clusters what is the case at each Kafka cluster of the configuration in force
 */
public record Readiness(String configuration, List<Cluster> clusters) {

    public Readiness {
        clusters = List.copyOf(clusters);
    }

    /**
     * A Kafka cluster's part.
     *
     * @param id its id
     * @param ready whether its records find a place: in Kafka, or in the spool
     * @param why for an operator; not secret, since everybody may ask
     */
    public record Cluster(String id, boolean ready, String why) {}

    /** Whether all clusters are ready, and there is one. */
    public boolean ready() {
        return !clusters.isEmpty() && clusters.stream().allMatch(Cluster::ready);
    }
}
