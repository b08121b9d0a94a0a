package io.kafkabridge.benchmark.load;

import java.util.List;

/**
 * What the load generator saw.
 *
 * @param phases the measurement, or each of its phases
 * @param cpuNanos CPU time of the observed processes within all phases, in the order of the request
 * @param ownCpuNanos CPU time of the load generator
 * @param published how many messages each client has sent in all, numbered from 0
 * @param unacknowledged messages without an acknowledgement at the end: client and number
 * @param disconnected how many clients the broker disconnected
 */
public record LoadResult(
        List<LoadPhase> phases,
        List<Long> cpuNanos,
        long ownCpuNanos,
        List<Long> published,
        List<Unacknowledged> unacknowledged,
        int disconnected) {

    /** A message that the broker never acknowledged. */
    public record Unacknowledged(int client, long number) {}

    /** The measurement of a run that has no phases. */
    public LoadPhase measured() {
        return phases.get(0);
    }
}
