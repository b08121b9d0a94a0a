package io.kafkabridge.benchmark.load;

/**
 * What the load generator saw in a part of a run.
 *
 * @param messages acknowledged; with QoS 0: known to have passed the broker's interceptors
 * @param seconds how long it was
 * @param p50Micros median from PUBLISH to PUBACK, in microseconds
 * @param p99Micros 99th percentile of the same
 * @param maxGapMillis how long the client that waited longest waited for its next acknowledgement, in milliseconds
 */
public record LoadPhase(long messages, double seconds, double p50Micros, double p99Micros, double maxGapMillis) {

    /** Messages that were acknowledged, for each second. */
    public double perSecond() {
        return messages / seconds;
    }
}
