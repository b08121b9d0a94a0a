package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.SimulatedClient.Message;
import io.kafkabridge.extension.delivery.rejected.RejectedRecord;
import io.kafkabridge.extension.delivery.rejected.Rejections;
import io.kafkabridge.extension.delivery.spooled.Origin;
import io.kafkabridge.extension.delivery.spooled.SpoolWriter;
import io.kafkabridge.extension.kafka.KafkaClients;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.extension.monitoring.metrics.ClusterMetrics;
import io.kafkabridge.extension.monitoring.metrics.MappingMetrics;
import io.kafkabridge.spool.Spool;

/**
 * One schedule: the real delivery with its spool on one thread, under a clock that a seed drives, among clients, producers, a
 * cluster and a disk that are simulated. At every step the seed draws what happens next. When the faults are over and all has come
 * to rest, the promises are checked.
 *
 * <p>The same seed gives the same schedule; {@link #history} says what happened.
 */
final class Simulation {

    /** How many steps a schedule has before its faults are over. */
    static final int STEPS = 250;

    /** All that is left to do is done in that time once the faults are over: see {@link #rest}. */
    private static final Duration REST = Duration.ofSeconds(12);

    /** Whatever Kafka does, its clients' publishes are safe after that time: see {@link #calm}. */
    private static final Duration CALM = Duration.ofSeconds(10);

    private static final List<String> MQTT_TOPICS = List.of("t0", "t1");

    /** Kafka topics that don't exist, ever. */
    private static final List<String> GHOSTS = List.of("g0", "g1", "g2", "g3", "g4", "g5", "g6", "g7");

    private static final long START = 1_000_000_000_000L;
    private static final Path DATA = Path.of("/data");

    /** Answers that a broker may give to a produce request; each ends a batch in another way. */
    private static final List<Errors> ANSWERS = Arrays.stream(Errors.values())
            .filter(error -> error != Errors.NONE && error != Errors.DUPLICATE_SEQUENCE_NUMBER)
            .toList();

    private static final MetricRegistry REGISTRY = new MetricRegistry();

    /** What was done to the system; decides what may follow. */
    enum Fault {
        /** A record that Kafka will never take; nothing else may suffer. */
        BAD_RECORD,
        /** A configuration was put into force, or HiveMQ was stopped in order. */
        RELOAD,
        /** Kafka took nothing for a while, or gave other answers. */
        KAFKA,
        /** A topic was deleted or got more partitions. */
        TOPIC,
        DISK,
        /** What hears of an outcome throws. */
        LISTENER,
        /** The disk, or what opens producers, throws what nobody expects. */
        BUG,
        /** HiveMQ or its machine died. */
        KILL
    }

    final Random random;
    private long nanos = START;
    final LongSupplier clock = () -> nanos;

    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final Set<Fault> allowed;
    private final SimulatedKafka kafka;
    private final SimulatedDisk disk;
    private final List<String> history = new ArrayList<>();
    private final List<Runnable> aside = new ArrayList<>();
    private final boolean hasGhosts;
    private final Random seeds;
    final SimulatedPromises promises;

    private final ClusterMetrics metrics = new ClusterMetrics(REGISTRY, "c1");
    private final Origin origin = new Origin("m1", new MappingMetrics(REGISTRY, "m1"), Optional.empty());
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final KafkaCluster cluster;

    /** Deliveries that still work: the one in force is the last. */
    private final List<Running> running = new ArrayList<>();

    private boolean nameServerHangs;
    private boolean rejectedFolderFails;

    /** Fails now and then, to the end. */
    private final boolean rejectedFolderIsFlaky;

    private boolean throwsUnexpected;

    /** A delivery with the writer of its spool. */
    private class Running {
        private final KafkaDelivery delivery;
        private final DeliveryThread.Work work;
        private final DeliveryThread thread;
        private boolean dead;
        private @Nullable SpoolWriter<PendingRecord> writer;
        private boolean writerEnded;
        private boolean stopping;

        Running(final @Nullable Running before) {
            delivery = new KafkaDelivery(
                    cluster,
                    Map.of("m1", origin),
                    DATA,
                    metrics,
                    null,
                    new KafkaDelivery.Machine(
                            new KafkaClients(cluster, settings -> open(settings), Simulation.this::setAside, clock),
                            (folder, limits) -> Spool.open(folder, limits, disk),
                            new Store(),
                            made -> writer = made,
                            clock));
            work = delivery.work();
            thread = new DeliveryThread("c1", work, () -> {}, clock);
            delivery.expect(Map.of("a", Optional.empty()));
            if (before != null) {
                delivery.follow(before.delivery);
            }
        }

        void step() {
            if (dead) {
                return;
            }
            if (stopping) {
                thread.stop();
            }
            try {
                thread.step();
            } catch (final RuntimeException | Error e) {
                note("the delivery's thread has died: " + e);
                dead = true;
                return;
            }
            if (work.hasStopped()) {
                delivery.end();
                running.remove(this);
                promises.reopened(faults);
                note("a delivery has stopped");
            }
        }

        void write() {
            final SpoolWriter<PendingRecord> made = writer;
            if (made == null || writerEnded) {
                return;
            }
            if (made.isOver()) {
                made.end();
                writerEnded = true;
            } else {
                made.step();
            }
        }
    }

    /** Keeps rejected records; what it took is safe. */
    private final class Store implements Rejections.Store {

        @Override
        public void keep(final List<RejectedRecord> records) throws IOException {
            try {
                throwUnexpected();
                if (rejectedFolderFails || (rejectedFolderIsFlaky && random.nextBoolean())) {
                    throw new IOException("Fault: rejected");
                }
            } catch (final IOException | Error e) {
                records.forEach(record -> promises.notKept(SimulatedKafka.text(record.record())));
                throw e;
            }
            for (final RejectedRecord record : records) {
                final String place = SimulatedKafka.place(record.record());
                note("rejected " + place + ": " + record.reason());
                promises.rejected(place);
            }
        }

        @Override
        public Path path() {
            return DATA;
        }
    }

    private Simulation(final long seed) {
        seeds = new Random(seed);
        random = new Random(seeds.nextLong());
        kafka = new SimulatedKafka(random, clock);
        disk = new SimulatedDisk(random, clock);
        promises = new SimulatedPromises(kafka, disk, clients);
        kafka.onConfirmed = promises::confirmed;
        allowed = EnumSet.noneOf(Fault.class);
        for (final Fault fault : Fault.values()) {
            if (random.nextInt(3) > 0) {
                allowed.add(fault);
            }
        }
        if (random.nextInt(10) == 0) {
            allowed.clear();
        }
        if (allowed.contains(Fault.KAFKA)) {
            faults.add(Fault.KAFKA);
        }
        cluster = new KafkaCluster(
                "c1",
                "kafka:9092",
                Optional.empty(),
                Optional.empty(),
                new Limits(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        random.nextInt(4) == 0 ? 20_000 : 1 << 20,
                        1 << 20,
                        Duration.ofSeconds(random.nextInt(3))),
                new SpoolSettings(random.nextInt(4) == 0 ? 8_000 : 1 << 20, 0, Duration.ZERO),
                Optional.empty(),
                List.of());
        kafka.create("a", 1 + random.nextInt(2));
        if (random.nextInt(8) > 0) {
            kafka.create("b", 1);
        } else {
            faults.add(Fault.TOPIC);
        }
        rejectedFolderIsFlaky = allowed.contains(Fault.DISK) && random.nextInt(4) == 0;
        if (rejectedFolderIsFlaky) {
            faults.add(Fault.DISK);
        }
        hasGhosts = allowed.contains(Fault.TOPIC) && random.nextInt(3) == 0;
        for (int i = 0; i < 3; i++) {
            clients.add(new SimulatedClient(this, "c" + i, origin));
        }
        running.add(new Running(null));
    }

    /**
     * What a schedule came to.
     *
     * @param broken the promise that was broken, and how; null when all were kept
     */
    record Result(@Nullable Throwable broken, List<String> history) {

        /** Which promise was broken, without the schedule's own names and numbers. */
        String kind() {
            return broken instanceof SimulatedPromises.Broken promise ? promise.kind() : String.valueOf(broken);
        }
    }

    /**
     * Runs a schedule.
     *
     * @param taken the steps that are taken; each draws what it does from a seed of its own, so the others stay what they are
     */
    static Result run(final long seed, final BitSet taken) {
        final Simulation simulation = new Simulation(seed);
        try {
            for (int i = 0; i < STEPS; i++) {
                simulation.random.setSeed(simulation.seeds.nextLong());
                if (taken.get(i)) {
                    simulation.step();
                    simulation.look();
                }
            }
            simulation.random.setSeed(simulation.seeds.nextLong());
            simulation.calm();
            simulation.heal();
            simulation.rest();
            simulation.promises.atRest(simulation.faults, simulation.cluster);
            return new Result(null, simulation.history);
        } catch (final RuntimeException | Error e) {
            return new Result(e, simulation.history);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanos - START);
    }

    private void look() {
        promises.everyStep(faults, cluster, delivery().status(), elapsed());
    }

    KafkaDelivery delivery() {
        return running.get(running.size() - 1).delivery;
    }

    void note(final String what) {
        history.add(elapsed().toMillis() + " ms  " + what);
    }

    private SimulatedProducer open(final Map<String, Object> settings) {
        throwUnexpected();
        return new SimulatedProducer(kafka, settings);
    }

    private void throwUnexpected() {
        if (throwsUnexpected && random.nextInt(3) == 0) {
            note("an unexpected error");
            throw new InternalError("Fault: unexpected");
        }
    }

    /** What hears of an outcome may throw when it has done its work. */
    void throwFromListener() {
        if (allowed.contains(Fault.LISTENER) && random.nextInt(4) == 0) {
            throw new IllegalStateException("Fault: listener");
        }
    }

    /** Two publishes of a client never come at the same time. */
    void tick() {
        nanos++;
    }

    /** What the bridge does on threads that may wait for Kafka. */
    private void setAside(final Runnable task) {
        aside.add(task);
    }

    private void step() {
        final int draw = random.nextInt(100);
        if (draw < 20) {
            publish();
        } else if (draw < 35) {
            pick(running).step();
        } else if (draw < 43) {
            pick(running).write();
        } else if (draw < 52) {
            runAside();
        } else if (draw < 70 && !kafka.producers.isEmpty()) {
            pick(kafka.producers).poll();
        } else if (draw < 82) {
            arrive();
        } else if (draw < 92) {
            // Whoever isn't scheduled for seconds is late: that is a fault of the cluster, as far as the bridge can
            // tell.
            nanos += Duration.ofMillis(1L << random.nextInt(allowed.contains(Fault.KAFKA) ? 11 : 3))
                    .toNanos();
        } else if (draw < 95) {
            clients.stream().filter(SimulatedClient::isDisconnected).findAny().ifPresent(SimulatedClient::reconnect);
        } else {
            fault();
        }
    }

    private <T> T pick(final List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void publish() {
        final int qos = random.nextInt(3);
        final boolean bad = allowed.contains(Fault.BAD_RECORD) && random.nextInt(12) == 0;
        if (bad) {
            faults.add(Fault.BAD_RECORD);
        }
        final List<String> kafkaTopics;
        if (hasGhosts && random.nextInt(4) == 0) {
            kafkaTopics = List.of(pick(GHOSTS));
            faults.add(Fault.TOPIC);
        } else {
            kafkaTopics = random.nextInt(4) == 0 ? List.of("a", "b") : List.of("a");
        }
        pick(clients).publish(pick(MQTT_TOPICS), qos, bad, kafkaTopics);
    }

    private void runAside() {
        if (!aside.isEmpty() && !nameServerHangs) {
            aside.remove(random.nextInt(aside.size())).run();
        }
    }

    private void arrive() {
        final List<SimulatedProducer> sending =
                kafka.producers.stream().filter(SimulatedProducer::hasRequest).toList();
        if (!sending.isEmpty()) {
            pick(sending).arrive();
        }
        kafka.producers.removeIf(SimulatedProducer::isGone);
    }

    private void fault() {
        final Fault fault = pick(List.of(Fault.values()));
        if (!allowed.contains(fault) || fault == Fault.BAD_RECORD) {
            return;
        }
        faults.add(fault);
        switch (fault) {
            case RELOAD -> reload();
            case KAFKA -> kafkaFault();
            case TOPIC -> topicFault();
            case DISK -> diskFault();
            case KILL -> kill();
            case BUG -> {
                throwsUnexpected = !throwsUnexpected;
                disk.unexpected = throwsUnexpected ? this::throwUnexpected : () -> {};
                note("unexpected errors: " + throwsUnexpected);
            }
            case BAD_RECORD, LISTENER -> {}
        }
    }

    private void reload() {
        if (running.size() == 1) {
            note("reload");
            final Running before = running.get(0);
            running.add(new Waiting(before).start());
            before.stopping = true;
        }
    }

    /** A delivery that takes over doesn't work before the one before it has ended. */
    private final class Waiting {
        private final Running before;

        Waiting(final Running before) {
            this.before = before;
        }

        Running start() {
            return new Running(before) {
                @Override
                void step() {
                    if (!running.contains(before)) {
                        super.step();
                    }
                }
            };
        }
    }

    private void kafkaFault() {
        switch (random.nextInt(6)) {
            case 0 -> {
                kafka.up = !kafka.up;
                note("Kafka is " + (kafka.up ? "up" : "down"));
            }
            case 1 -> {
                kafka.answer = kafka.answer == null ? pick(ANSWERS) : null;
                note("Kafka answers " + kafka.answer);
            }
            case 2 -> {
                kafka.losesAnswers = !kafka.losesAnswers;
                note("Kafka's answers get lost: " + kafka.losesAnswers);
            }
            case 3 -> {
                kafka.metadataError = kafka.metadataError == null ? Errors.LEADER_NOT_AVAILABLE : null;
                note("Kafka's metadata say " + kafka.metadataError);
            }
            case 4 -> {
                nameServerHangs = !nameServerHangs;
                note("the name server hangs: " + nameServerHangs);
            }
            default -> {
                if (!kafka.producers.isEmpty()) {
                    final SimulatedProducer producer = pick(kafka.producers);
                    producer.hangs = !producer.hangs;
                    note("a producer's thread hangs: " + producer.hangs);
                }
            }
        }
    }

    private void topicFault() {
        final String topic = random.nextBoolean() ? "a" : "b";
        if (random.nextInt(3) == 0) {
            kafka.addPartition(topic);
            note("another partition for " + topic);
        } else if (kafka.partitions(topic) > 0) {
            kafka.delete(topic);
            note("deleted " + topic);
        } else {
            kafka.createAgain(topic);
            note("created " + topic);
        }
    }

    private void diskFault() {
        if (random.nextInt(3) == 0) {
            rejectedFolderFails = !rejectedFolderFails;
            note("the rejected folder fails: " + rejectedFolderFails);
        } else if (disk.faults.isEmpty() || random.nextBoolean()) {
            final SimulatedDisk.Fault fault = pick(List.of(SimulatedDisk.Fault.values()));
            disk.faults.add(fault);
            note("the disk fails: " + disk.faults);
        } else {
            disk.faults.clear();
            note("the disk is well");
        }
    }

    /** HiveMQ dies at once, perhaps with the power; and is started again. */
    private void kill() {
        final boolean power = random.nextBoolean();
        note(power ? "power loss" : "kill -9");
        running.clear();
        aside.clear();
        kafka.producers.forEach(SimulatedProducer::die);
        if (power) {
            disk.losePower();
        }
        promises.reopened(faults);
        kafka.refused.forEach(promises::notKept);
        running.add(new Running(null));
        clients.forEach(SimulatedClient::restart);
    }

    private void heal() {
        note("-- all faults are over");
        kafka.up = true;
        kafka.answer = null;
        kafka.losesAnswers = false;
        kafka.metadataError = null;
        nameServerHangs = false;
        mendDisk();
        kafka.producers.forEach(producer -> producer.hangs = false);
        for (final String topic : List.of("a", "b")) {
            if (kafka.partitions(topic) == 0) {
                kafka.createAgain(topic);
            }
        }
    }

    private void mendDisk() {
        rejectedFolderFails = false;
        throwsUnexpected = false;
        disk.unexpected = () -> {};
        disk.faults.clear();
    }

    /**
     * The disk is well and everybody has a turn, but Kafka does what it did: whatever that is, what connected clients have sent
     * is safe in time. Unless the spool has no room for it.
     */
    private void calm() {
        if (random.nextInt(3) > 0 || cluster.spool().maxSize() < 1 << 20) {
            return;
        }
        note("-- the disk is well");
        mendDisk();
        if (allowed.contains(Fault.KAFKA)) {
            switch (random.nextInt(4)) {
                case 0 -> nameServerHangs = true;
                case 1 -> kafka.up = false;
                case 2 -> kafka.producers.forEach(producer -> producer.hangs = true);
                default -> {}
            }
        }
        final long end = nanos + CALM.toNanos();
        Message waiting = waiting();
        while (waiting != null) {
            if (nanos > end) {
                throw new SimulatedPromises.Broken("Waits", waiting.text + " waits for more than " + CALM);
            }
            turn();
            look();
            waiting = waiting();
        }
    }

    /** A publish that a client waits for, or that HiveMQ has to hold. */
    private @Nullable Message waiting() {
        for (final SimulatedClient client : clients) {
            for (final Message message : client.unacknowledged()) {
                if (message.sent && (message.qos == 2 || !client.isDisconnected())) {
                    return message;
                }
            }
        }
        return null;
    }

    /** Everybody has a turn, again and again, until nothing is left to do. */
    private void rest() {
        final long end = nanos + REST.toNanos();
        int quiet = 0;
        while (quiet < 3) {
            if (nanos > end) {
                throw new SimulatedPromises.Broken("Not at rest", "after " + REST + ": " + unrest());
            }
            turn();
            look();
            clients.stream().filter(SimulatedClient::isDisconnected).forEach(SimulatedClient::reconnect);
            quiet = unrest().isEmpty() ? quiet + 1 : 0;
        }
    }

    /** Everybody has a turn, and some time passes. */
    private void turn() {
        List.copyOf(running).forEach(Running::step);
        List.copyOf(running).forEach(Running::write);
        if (!nameServerHangs) {
            List.copyOf(aside).forEach(task -> {
                aside.remove(task);
                task.run();
            });
        }
        List.copyOf(kafka.producers).forEach(SimulatedProducer::poll);
        List.copyOf(kafka.producers).stream()
                .filter(SimulatedProducer::hasRequest)
                .forEach(SimulatedProducer::arrive);
        kafka.producers.removeIf(SimulatedProducer::isGone);
        nanos += Duration.ofMillis(50).toNanos();
    }

    /** What isn't at rest, in words; empty when all is. */
    private String unrest() {
        final DeliveryStatus status = delivery().status();
        final Map<String, Object> open = new LinkedHashMap<>();
        if (running.size() > 1) {
            open.put("deliveries", running.size());
        }
        clients.forEach(client -> client.unacknowledged().forEach(message -> open.put(message.text, "waits")));
        if (status.spooledRecords() > 0) {
            open.put("spooled", status.spooledRecords());
        }
        if (status.inFlightBytes() != 0) {
            open.put("in flight", status.inFlightBytes());
        }
        if (status.state() != DeliveryState.LIVE) {
            open.put("state", status.state() + " " + status.cause());
        }
        return open.isEmpty() ? "" : open.toString();
    }
}
