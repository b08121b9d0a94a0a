package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.stack.BatchFault;
import io.kafkabridge.stack.ProducedBatch;

/**
 * One {@link AnswerRow} at work: a cluster of its own in the bridge's configuration, a Kafka topic of one partition and an MQTT client,
 * so that all rows are tried at the same time and none disturbs another. Its rules are called by the proxy's threads, all else by
 * the test's.
 */
final class AnswerCase implements AutoCloseable {

    /** How many messages a phase publishes. */
    static final int MESSAGES = 10;

    /** The number of the message whose batch meets the fault. */
    static final int MARKED = 5;

    /** How long a lasting fault lasts: twice the cases' {@code delivery-timeout}. */
    static final Duration LASTING = Duration.ofSeconds(4);

    /** While it is answered the others gather in a batch. */
    private static final Duration GATHERING = Duration.ofMillis(300);

    private static final int FIRST = 0;

    /** When a fault comes, and for how long. */
    enum Phase {
        ONCE_LIVE(false, false),
        ONCE_FROM_THE_SPOOL(false, true),
        LASTING_LIVE(true, false),
        LASTING_FROM_THE_SPOOL(true, true);

        private final boolean lasting;
        private final boolean spooled;

        Phase(final boolean lasting, final boolean spooled) {
            this.lasting = lasting;
            this.spooled = spooled;
        }

        boolean isSpooled() {
            return spooled;
        }
    }

    private final AnswerRow row;
    private final Map<Phase, List<CompletableFuture<?>>> published = new EnumMap<>(Phase.class);
    private @Nullable SessionClient client;

    private volatile Phase phase = Phase.ONCE_LIVE;
    private volatile boolean away;
    private boolean firstSeen;
    private int faults;
    private long faultyUntil;
    private boolean metadataWanted;

    AnswerCase(final AnswerRow row) {
        this.row = row;
    }

    AnswerRow row() {
        return row;
    }

    /** The name of its cluster, Kafka topic and MQTT topic. */
    String id() {
        return row.id();
    }

    /** Whether there is something to try while HiveMQ runs. */
    boolean has(final Phase phase) {
        return !isOfTheStart() || phase == Phase.LASTING_FROM_THE_SPOOL;
    }

    /** Whether its fault meets a producer that is new: when HiveMQ starts, or when the spool is sent. */
    boolean isOfTheStart() {
        return row.api() == ApiKeys.INIT_PRODUCER_ID;
    }

    synchronized void begin(final Phase next) {
        phase = next;
        firstSeen = false;
        faults = 0;
        metadataWanted = false;
        away = next.spooled;
    }

    /** Kafka is back: from now on only this row's fault stands in the way. */
    void endOutage() {
        away = false;
    }

    void connect(final int port) {
        client = new SessionClient(id(), 5, port);
    }

    /** Publishes some of the phase's messages. */
    void publish(final int from, final int to) {
        final SessionClient publisher = Objects.requireNonNull(client);
        published
                .computeIfAbsent(phase, ignored -> new ArrayList<>())
                .addAll(IntStream.range(from, to)
                        .mapToObj(
                                i -> publisher.publish(id(), 1, value(phase, i).getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    static String value(final Phase phase, final int sequence) {
        return phase + ":" + sequence;
    }

    synchronized boolean isFirstSeen() {
        return firstSeen;
    }

    boolean isAcknowledged(final Phase of) {
        return published.getOrDefault(of, List.of()).stream()
                .allMatch(each -> each.isDone() && !each.isCompletedExceptionally());
    }

    boolean stayedConnected() {
        return client != null && client.connects() == 1;
    }

    /** The proxy's question about a batch of this case. */
    synchronized @Nullable BatchFault faultOf(final ProducedBatch batch) {
        if (away) {
            return BatchFault.refused(Errors.NOT_ENOUGH_REPLICAS);
        }
        if (!phase.spooled && batch.values().contains(value(phase, FIRST)) && !firstSeen) {
            firstSeen = true;
            return BatchFault.late(GATHERING);
        }
        if (!batch.values().contains(value(phase, MARKED))) {
            return null;
        }
        if (row.api() == ApiKeys.METADATA && !metadataWanted) {
            metadataWanted = true; // The producer asks for it now.
            return BatchFault.refused(Errors.NOT_LEADER_OR_FOLLOWER);
        }
        return row.api() == ApiKeys.PRODUCE && isFaulty() ? row.fault(batch, value(phase, MARKED)) : null;
    }

    /** An answer to this case's producers. */
    synchronized void change(final ApiMessage answer) {
        final boolean due = row.api() == ApiKeys.METADATA ? metadataWanted : phase.lasting;
        if (due && isFaulty()) {
            row.putInto(answer);
        }
    }

    private boolean isFaulty() {
        faults++;
        if (faults == 1) {
            faultyUntil = System.nanoTime() + LASTING.toNanos();
            return true;
        }
        return phase.lasting && System.nanoTime() - faultyUntil < 0;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
