package io.kafkabridge.benchmark.load;

import java.util.List;

/**
 * What the load generator saw.
 *
 * @param messages acknowledged within the measurement; with QoS 0: known to have passed the broker's interceptors
 * @param seconds how long the measurement was
 * @param p50Micros median from PUBLISH to PUBACK, in microseconds
 * @param p99Micros 99th percentile of the same
 * @param cpuNanos CPU time of the observed processes within the measurement, in the order of the request
 * @param ownCpuNanos CPU time of the load generator
 * @param published how many messages each client has sent in all, numbered from 0
 * @param unacknowledged messages without an acknowledgement at the end: client and number
 * @param disconnected how many clients the broker disconnected
 */
public record LoadResult(
        long messages,
        double seconds,
        double p50Micros,
        double p99Micros,
        List<Long> cpuNanos,
        long ownCpuNanos,
        List<Long> published,
        List<Unacknowledged> unacknowledged,
        int disconnected) {

    /** A message that the broker never acknowledged. */
    public record Unacknowledged(int client, long number) {}
}
