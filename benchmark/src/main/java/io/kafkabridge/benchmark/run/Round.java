package io.kafkabridge.benchmark.run;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.load.LoadResult;
import io.kafkabridge.benchmark.variant.Variant;

/**
 * One measurement.
 *
 * @param workload what the clients did
 * @param variant on what
 * @param number of the round, from 1
 * @param load what the load generator saw
 * @param brokerCpuMicros CPU time of the broker's processes for each message, in microseconds
 * @param kafkaCpuMicros the same of Kafka
 * @param loadCpuShare how much of one CPU the load generator used: near 1 it would be the bottleneck
 * @param ledger what the comparison with Kafka found; nothing for variants that don't reach Kafka
 * @param catchUpSeconds from the last publish until every record was read from Kafka
 */
public record Round(
        Workload workload,
        Variant variant,
        int number,
        LoadResult load,
        double brokerCpuMicros,
        double kafkaCpuMicros,
        double loadCpuShare,
        LedgerCheck ledger,
        double catchUpSeconds) {

    /** Messages that were acknowledged, for each second. */
    public double perSecond() {
        return load.measured().perSecond();
    }
}
