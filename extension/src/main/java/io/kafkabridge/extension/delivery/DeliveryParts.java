package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.util.Map;

import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;

/** The parts of a delivery, put together. */
record DeliveryParts(
        Lanes lanes,
        MemoryBound memory,
        LiveProducer live,
        Rejections rejections,
        SpoolRoom room,
        StateWatch state,
        DrainRate drainRate,
        DeliveryThread thread) {

    /**
     * Puts them together.
     *
     * @param wake makes the delivery's thread look for work
     * @param onEnd runs when that thread has ended its work
     */
    static DeliveryParts assemble(
            final KafkaCluster cluster,
            final Map<String, Origin> origins,
            final Path data,
            final ClusterMetrics metrics,
            final Producers producers,
            final Runnable wake,
            final Runnable onEnd) {
        final Lanes lanes = new Lanes();
        final MemoryBound memory = new MemoryBound(cluster.maxInFlight());
        final DeadLetters deadLetters = new DeadLetters(cluster.deadLetterTopic());
        final Rejections rejections = new Rejections(cluster, data, deadLetters);
        final MissingTopics missingTopics = new MissingTopics(cluster.missingTopicTimeout());
        final TopicCreator creator = new TopicCreator(cluster.id(), producers, wake);
        final LiveProducer live = new LiveProducer(
                lanes,
                producers,
                new LaneSender(lanes, rejections, missingTopics, creator),
                missingTopics,
                cluster.deliveryTimeout());
        final SpoolPace pace = new SpoolPace(memory::isMostlyFree);
        final SpoolRoom room = new SpoolRoom(
                cluster,
                data,
                lanes,
                pace,
                spool -> new SpoolDrain(
                        spool, producers, rejections, missingTopics, creator, origins, pace, metrics, wake),
                wake);
        final StateWatch state = new StateWatch(metrics);
        final DrainRate drainRate = new DrainRate();
        final DeliveryThread thread = new DeliveryThread(
                cluster.id(),
                new DeliveryPath(cluster, lanes, live, room, state),
                rejections,
                deadLetters,
                creator,
                () -> {
                    drainRate.look(room.start());
                    metrics.tick();
                },
                onEnd);
        return new DeliveryParts(lanes, memory, live, rejections, room, state, drainRate, thread);
    }

    /** How the way is, and where the records are. Any thread. */
    DeliveryStatus status() {
        final StateWatch.Seen seen = state.seen();
        final long free = room.freeBytes();
        return new DeliveryStatus(
                seen.state(),
                seen.since(),
                seen.cause(),
                memory.records(),
                memory.bytes(),
                room.records(),
                room.bytes(),
                free,
                room.hasRoom(free),
                room.oldest(),
                drainRate.perSecond(),
                room.corruptSegments());
    }
}
