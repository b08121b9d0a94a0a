package io.kafkabridge.benchmark.routing;

import java.util.Collection;
import java.util.List;

import org.openjdk.jmh.results.RunResult;

import io.kafkabridge.benchmark.jmh.JmhRuns;

/**
 * What a match cost in the best iteration: what else the machine does, and what JMH allocates, only makes it more.
 *
 * @param depth levels of the topics
 * @param excepts whether there were except filters
 * @param filters how many topic filters there were
 * @param nanos nanoseconds for each match
 * @param bytes bytes allocated for each match
 */
record Routing(int depth, boolean excepts, int filters, double nanos, double bytes) {

    /** The figures of one run of JMH, in which the garbage collector was watched. */
    static List<Routing> of(Collection<RunResult> results) {
        return results.stream().map(Routing::of).toList();
    }

    private static Routing of(RunResult result) {
        return new Routing(
                Integer.parseInt(result.getParams().getParam("depth")),
                Boolean.parseBoolean(result.getParams().getParam("excepts")),
                Integer.parseInt(result.getParams().getParam("filters")),
                result.getPrimaryResult().getStatistics().getMin(),
                JmhRuns.allocated(result).getMin());
    }
}
