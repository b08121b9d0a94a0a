package io.kafkabridge.benchmark.drain;

import java.util.LinkedHashMap;
import java.util.Map;

import io.kafkabridge.benchmark.ledger.LedgerCheck;
import io.kafkabridge.benchmark.load.LoadPhase;
import io.kafkabridge.benchmark.report.JsonReport;

/**
 * One outage under full load.
 *
 * @param live before the outage
 * @param change from Kafka's end until the spool takes everything; its longest gap is what clients notice
 * @param fill Kafka is away
 * @param spooled records in the spool when Kafka was back
 * @param drain from then on until Kafka takes new records directly
 * @param drainPerSecond records of the spool that reached Kafka meanwhile, for each second
 * @param drained whether that came to an end; else the drain was given up
 * @param ledger what the comparison of all messages with Kafka found
 * @param disconnected how many clients the broker disconnected
 */
record DrainRound(
        LoadPhase live,
        LoadPhase change,
        LoadPhase fill,
        long spooled,
        LoadPhase drain,
        double drainPerSecond,
        boolean drained,
        LedgerCheck ledger,
        int disconnected) {

    /** How much faster the spool is drained than it is filled while Kafka is away. */
    double ratio() {
        return drainPerSecond / fill.perSecond();
    }

    /** The figures by name, for JSON. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("livePerSecond", Math.round(live.perSecond()));
        figures.put("switchMillis", Math.round(change.maxGapMillis()));
        figures.put("fillPerSecond", Math.round(fill.perSecond()));
        figures.put("fillP99Millis", JsonReport.rounded(fill.p99Micros() / 1000));
        figures.put("spooled", spooled);
        figures.put("drainPerSecond", Math.round(drainPerSecond));
        figures.put("drainByFill", JsonReport.rounded(ratio()));
        figures.put("sourcesPerSecond", Math.round(drain.perSecond()));
        figures.put("drained", drained);
        figures.put("drainSeconds", JsonReport.rounded(drain.seconds()));
        figures.put("drainP50Millis", JsonReport.rounded(drain.p50Micros() / 1000));
        figures.put("drainP99Millis", JsonReport.rounded(drain.p99Micros() / 1000));
        figures.put("drainMaxGapMillis", Math.round(drain.maxGapMillis()));
        figures.put("ledger", ledger);
        figures.put("disconnected", disconnected);
        return figures;
    }
}
