package io.kafkabridge.extension.delivery;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesNoArguments;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulation can fail: each of these faults, put into the engine, breaks a promise in a few schedules at most. Prints how many
 * it took, and what the first that failed says.
 */
class SimulationMutationsTest {

    /** So many schedules for each fault; for one that isn't found in them, up to so many times as many. */
    private static final int SCHEDULES = Integer.getInteger("mutation.schedules", 200);

    private static final int PATIENCE = 30;

    /** A fault that is found so often is found. */
    private static final int ENOUGH = Integer.getInteger("mutation.enough", 5);

    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());
    private static final List<String> TABLE = new ArrayList<>();
    private static final SimulationLog LOG = new SimulationLog();

    private static final String DELIVERY = "extension.delivery.KafkaDelivery";
    private static final String PATH = "extension.delivery.DeliveryPath";
    private static final String LIVE = "extension.delivery.LiveWay";
    private static final String LANES = "extension.delivery.Lanes";
    private static final String PENDING = "extension.delivery.PendingRecord";
    private static final String SENDER = "extension.kafka.KafkaSender";
    private static final String SLOT = "extension.kafka.SenderSlot";
    private static final String DRAIN = "extension.delivery.spooled.SpoolDrain";
    private static final String DRAINED = "extension.delivery.spooled.DrainedRecord";
    private static final String WRITER = "extension.delivery.spooled.SpoolWriter";
    private static final String REJECTIONS = "extension.delivery.rejected.Rejections";

    static Stream<Mutation> mutations() {
        return Stream.of(
                // Kafka's answers.
                new Mutation("A batch mate's error counts as an outage")
                        .advises(
                                "extension.kafka.KafkaErrors",
                                named("kind").and(takesArgument(0, Exception.class)),
                                MutatedCode.NeighbourIsOutage.class),
                new Mutation("A batch mate is rejected as well")
                        .advises(
                                "extension.kafka.KafkaErrors",
                                named("kind").and(takesArgument(0, Exception.class)),
                                MutatedCode.NeighbourIsBad.class),
                new Mutation("The callback that fails doesn't close its producer")
                        .leavesOut(SENDER, "cameBack", "close"),
                new Mutation("A record that comes back doesn't stop its producer")
                        .leavesOut("extension.kafka.Submission", "onCompletion", "cameBack"),
                new Mutation("A recall waits for Kafka's threads without a limit")
                        .leavesOut(SLOT, "recall", "getAsLong"),
                new Mutation("A missing topic holds up others, too: one after the other")
                        .advises(DRAIN, named("next").and(takesNoArguments()), MutatedCode.StopsAtMissingTopic.class),
                new Mutation("A topic that is missing is waited for without a limit")
                        .advises("extension.kafka.MissingTopics", "giveUp", MutatedCode.Skip.class),
                new Mutation("A topic counts as missing when Kafka is away, too")
                        .replaces(LIVE, "isLate", "isConnected", "isConnected"),
                // Errors of ours.
                new Mutation("What an outcome's listener throws isn't caught")
                        .advises(DELIVERY, "unexpected", MutatedCode.Throws.class),
                new Mutation("An unexpected error ends the delivery's thread")
                        .advises("extension.delivery.DeliveryThread", "addSafely", MutatedCode.Throws.class),
                // The disk.
                new Mutation("An append doesn't fsync").leavesOut("spool.SegmentWriter", "write", "force"),
                new Mutation("A new segment's folder isn't fsynced").leavesOut("spool.SegmentWriter", "roll", "sync"),
                new Mutation("The checkpoint is ahead of what Kafka has")
                        .advises("spool.Spool", "consumed", MutatedCode.AllIsConsumed.class),
                // Acknowledgements.
                new Mutation("The acknowledgement leaves before the second mapping's record is safe")
                        .advises(
                                "extension.delivery.SimulatedClient$Outcomes",
                                "safe",
                                MutatedCode.FirstOutcomeCounts.class),
                new Mutation("A rejected record is acknowledged before it is kept")
                        .advises(REJECTIONS, "add", MutatedCode.RejectedAtOnce.class)
                        .leavesOut(REJECTIONS, nameStartsWith("lambda$keep"), "rejected"),
                new Mutation("A record of QoS 2 is given up").advises(PENDING, "isKept", MutatedCode.False.class),
                new Mutation("What came after a publish that failed goes on all the same")
                        .advises(PENDING, "isWanted", MutatedCode.True.class),
                new Mutation("A record that leaves isn't taken off the memory's count")
                        .advises(DELIVERY, "release", MutatedCode.Skip.class),
                // The order.
                new Mutation("What is recalled goes behind what came since")
                        .advises(LANES, "enqueue", MutatedCode.SecondIsFalse.class),
                new Mutation("What is recalled isn't sorted by its arrival")
                        .replaces(SENDER, "register", "getId", "threadId")
                        .leavesOut(LIVE, "recall", "sort")
                        .leavesOut(LIVE, "hold", "sort"),
                new Mutation("What waits in the lanes is forgotten at a switch to the spool")
                        .leavesOut(LIVE, "hold", "addAll"),
                new Mutation("A lane stays open when a record queues in it").leavesOut(LANES, "queue", "setOpenFor"),
                new Mutation("Each callback counts, also a second one")
                        .advises("extension.kafka.Submission", "take", MutatedCode.True.class),
                // The spool.
                new Mutation("The handover doesn't wait for the spool's last record")
                        .advises(DRAIN, "isDone", MutatedCode.True.class),
                new Mutation("The handover doesn't wait for the spool's writer")
                        .advises(LANES, "isWriterIdle", MutatedCode.True.class),
                new Mutation("What an earlier run left in the spool doesn't go first")
                        .leavesOut(PATH, "open", "records"),
                new Mutation("The drain begins again from the start after a failure")
                        .advises(DRAIN, "replaceFailed", MutatedCode.BeginsAgain.class),
                new Mutation("The drain counts what is under way as done")
                        .leavesOut(
                                "extension.delivery.spooled.DrainProgress$Group", "recordStarted", "incrementAndGet"),
                new Mutation("The drain counts what Kafka refused as done before it is kept")
                        .advises(DRAIN, "reject", MutatedCode.ArgumentIsDone.class)
                        .leavesOut(DRAINED, "rejected", "done"),
                // A stop or a reload.
                new Mutation("What found no room in the spool at a stop is forgotten")
                        .leavesOut(WRITER, "end", "putInFront"),
                new Mutation("The successor doesn't take what its predecessor has left")
                        .advises(DELIVERY, "adopt", MutatedCode.Skip.class),
                new Mutation("Rejected records that aren't kept yet are forgotten at a reload")
                        .advises(DELIVERY, "passOnRejections", MutatedCode.Skip.class));
    }

    @BeforeAll
    static void quieten() {
        LOG.off();
    }

    @AfterAll
    static void print() {
        LOG.restore();
        System.out.println("| fault | found in | the first schedule says |\n|---|---|---|");
        TABLE.forEach(System.out::println);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void simulation_withAFaultInTheEngine_findsIt(final Mutation mutation) throws Exception {
        final Found found;
        try (Mutation.Applied applied = mutation.apply()) {
            assertThat(applied).isNotNull();
            found = look();
        }

        TABLE.add("| " + mutation.name() + " | " + found.times + " of " + found.run + " | " + found.first() + " |");
        assertThat(found.times.get()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void simulation_withHarmlessChanges_findsNothing(final Mutation mutation) throws Exception {
        final Found found = new Found();
        try (Mutation.Applied applied = mutation.apply()) {
            assertThat(applied).isNotNull();
            found.look(SCHEDULES);
        }

        assertThat(found.broken.get()).isNull();
    }

    /** What mutations change without being faults. */
    static Stream<Mutation> harmless() {
        return Stream.of(
                new Mutation("Each client has a thread of its own").replaces(SENDER, "register", "getId", "threadId"));
    }

    private static Found look() throws Exception {
        final Found found = new Found();
        found.look(SCHEDULES);
        if (found.times.get() == 0) {
            found.look(SCHEDULES * PATIENCE);
        }
        return found;
    }

    /** What was found. */
    private static final class Found {
        private final AtomicLong next = new AtomicLong();
        private final AtomicInteger run = new AtomicInteger();
        private final AtomicInteger times = new AtomicInteger();
        private final AtomicReference<Simulation.@Nullable Result> broken = new AtomicReference<>();

        /** Runs schedules until there were so many, or enough have failed. */
        void look(final int schedules) throws Exception {
            final BitSet all = ShortSchedule.all();
            final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                final List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    running.add(threads.submit(() -> {
                        while (times.get() < (schedules > SCHEDULES ? 1 : ENOUGH)) {
                            final long seed = next.getAndIncrement();
                            if (seed >= schedules) {
                                return;
                            }
                            final Simulation.Result result = Simulation.run(seed, all);
                            run.incrementAndGet();
                            if (result.broken() != null) {
                                times.incrementAndGet();
                                broken.compareAndSet(null, result);
                            }
                        }
                    }));
                }
                for (final Future<?> each : running) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }

        String first() {
            final Simulation.Result result = broken.get();
            if (result == null) {
                return "-";
            }
            final @Nullable Throwable error = result.broken();
            final String text = error instanceof SimulatedPromises.Broken promise
                    ? String.valueOf(promise.getMessage())
                    : String.valueOf(error);
            return text.length() > 110 ? text.substring(0, 110) + "..." : text;
        }
    }
}
