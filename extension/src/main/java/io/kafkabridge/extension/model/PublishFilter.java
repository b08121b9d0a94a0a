package io.kafkabridge.extension.model;

import java.util.List;

/**
 * What a publish must be like, beyond its topic, for a mapping to forward it. Every condition must hold.
 *
 * @param minQos the least QoS; 0 for any
 * @param retained what its retain flag must be
 * @param clientIds one of them must match the client id; empty for any
 * @param usernames one of them must match the user name, and there must be one; empty for any or none
 * @param minPayload the least size of the payload in bytes; 0 for any
 * @param maxPayload the largest size of the payload in bytes; {@link Long#MAX_VALUE} for any
 */
public record PublishFilter(
        int minQos, Retained retained, List<Glob> clientIds, List<Glob> usernames, long minPayload, long maxPayload) {

    /** Holds nothing back. */
    public static final PublishFilter ALL = new PublishFilter(0, Retained.ANY, List.of(), List.of(), 0, Long.MAX_VALUE);

    /** What the retain flag of a publish must be. */
    public enum Retained {
        /** Set or not. */
        ANY,
        /** Set. */
        ONLY,
        /** Not set. */
        NEVER
    }

    public PublishFilter {
        clientIds = List.copyOf(clientIds);
        usernames = List.copyOf(usernames);
    }
}
