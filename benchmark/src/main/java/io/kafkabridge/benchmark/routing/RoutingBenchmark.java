package io.kafkabridge.benchmark.routing;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

import io.kafkabridge.extension.routing.Matches;
import io.kafkabridge.extension.routing.TopicTree;

/** Finds the targets of topics, one after the other; run by JMH. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoutingBenchmark {

    /** So many that all parts of the tree are used, and not only what the CPU's caches hold; a power of two. */
    private static final int TOPICS = 16_384;

    /** How many topic filters there are; a multiple of {@link Plant#FILTERS}. */
    @Param({"10", "100", "1000", "10000"})
    public int filters;

    /** How many levels a topic has. */
    @Param({"3", "6"})
    public int depth;

    /** Whether some targets have except filters, besides. */
    @Param({"false", "true"})
    public boolean excepts;

    private final Matches<Integer> matches = new Matches<>();
    private TopicTree<Integer> tree = TopicTree.build(Map.of());
    private String[] topics = {};
    private int next;

    /** Builds the tree. */
    @Setup
    public void build() {
        tree = TopicTree.build(Plant.targets(filters, depth, excepts));
        topics = Plant.topics(TOPICS, filters, depth).toArray(String[]::new);
        // Moves the topics together: what they lie among would decide how long it takes to read them.
        System.gc();
    }

    /** One match. */
    @Benchmark
    public void match(Blackhole blackhole) {
        tree.match(topics[next++ & TOPICS - 1], matches);
        for (int i = 0; i < matches.size(); i++) {
            blackhole.consume(matches.get(i));
        }
    }
}
