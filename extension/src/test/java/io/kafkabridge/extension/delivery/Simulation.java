package io.kafkabridge.extension.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

import com.codahale.metrics.MetricRegistry;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    private static final int STEPS = 250;
    private static final Duration REST = Duration.ofMinutes(5);
    private static final List<String> MQTT_TOPICS = List.of("t0", "t1");
    private static final Path DATA = Path.of("/data");

    /** Answers that a broker may give to a produce request; each ends a batch in another way. */
    private static final List<Errors> ANSWERS = Arrays.stream(Errors.values())
            .filter(error -> error != Errors.NONE && error != Errors.DUPLICATE_SEQUENCE_NUMBER)
            .toList();

    private static final MetricRegistry REGISTRY = new MetricRegistry();

    /** What was done to the system; decides what may follow. */
    private enum Fault {
        /** A record that Kafka will never take; nothing else may suffer. */
        BAD_RECORD,
        /** A configuration was put into force, or HiveMQ was stopped in order. */
        RELOAD,
        /** Kafka took nothing for a while, or gave other answers. */
        KAFKA,
        /** A topic was deleted or got more partitions. */
        TOPIC,
        DISK,
        /** HiveMQ or its machine died. */
        KILL
    }

    final Random random;
    private long nanos = 1_000_000_000_000L;
    final LongSupplier clock = () -> nanos;

    private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
    private final Set<Fault> allowed;
    private final SimulatedKafka kafka;
    private final SimulatedDisk disk;
    private final List<String> history = new ArrayList<>();
    private final List<Runnable> aside = new ArrayList<>();
    private final Set<String> rejected = new HashSet<>();
    private final List<String> rejections = new ArrayList<>();

    /** The clients of what Kafka had refused for good and the disk didn't take: it comes again, behind what went on meanwhile. */
    private final Set<String> notKept = new HashSet<>();

    private final ClusterMetrics metrics = new ClusterMetrics(REGISTRY, "c1");
    private final Origin origin = new Origin("m1", new MappingMetrics(REGISTRY, "m1"), Optional.empty());
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final KafkaCluster cluster;

    /** Deliveries that still work: the one in force is the last. */
    private final List<Running> running = new ArrayList<>();

    private boolean nameServerHangs;
    private boolean rejectedFolderFails;

    /** A delivery with the writer of its spool. */
    private class Running {
        private final KafkaDelivery delivery;
        private final DeliveryThread.Work work;
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
                            new KafkaClients(
                                    cluster,
                                    settings -> new SimulatedProducer(kafka, settings),
                                    Simulation.this::setAside,
                                    clock),
                            (folder, limits) -> Spool.open(folder, limits, disk),
                            new Store(),
                            made -> writer = made,
                            clock));
            work = delivery.work();
            delivery.expect(Map.of("a", Optional.empty()));
            if (before != null) {
                delivery.follow(before.delivery);
            }
        }

        void step() {
            if (stopping) {
                work.stop();
            }
            work.step();
            if (work.hasStopped()) {
                delivery.end();
                running.remove(this);
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
        public void keep(final List<RejectedRecord> records) throws java.io.IOException {
            if (rejectedFolderFails) {
                records.forEach(record -> notKept.add(client(SimulatedKafka.text(record.record()))));
                throw new java.io.IOException("Fault: rejected");
            }
            for (final RejectedRecord record : records) {
                final String text = place(record.record());
                note("rejected " + text + ": " + record.reason());
                rejected.add(text);
                rejections.add(text);
            }
        }

        @Override
        public Path path() {
            return DATA;
        }
    }

    private static String client(final String text) {
        return text.substring(0, text.indexOf('/'));
    }

    private static String place(final ProducerRecord<byte[], byte[]> record) {
        return record.topic() + " " + SimulatedKafka.text(record);
    }

    private Simulation(final long seed) {
        random = new Random(seed);
        kafka = new SimulatedKafka(random, clock);
        disk = new SimulatedDisk(random, clock);
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
        for (int i = 0; i < 3; i++) {
            clients.add(new SimulatedClient(this, "c" + i, origin));
        }
        running.add(new Running(null));
    }

    /** Runs the schedule of a seed; throws an {@link AssertionError} when a promise is broken. */
    static Simulation run(final long seed) {
        final Simulation simulation = new Simulation(seed);
        try {
            for (int i = 0; i < STEPS; i++) {
                simulation.step();
            }
            simulation.heal();
            simulation.rest();
            simulation.check();
        } catch (final RuntimeException | Error e) {
            throw new AssertionError("-Dseed=" + seed + ": " + e + "\n" + String.join("\n", simulation.history()), e);
        }
        return simulation;
    }

    KafkaDelivery delivery() {
        return running.get(running.size() - 1).delivery;
    }

    void note(final String what) {
        history.add(Duration.ofNanos(nanos - 1_000_000_000_000L).toMillis() + " ms  " + what);
    }

    List<String> history() {
        return history;
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
        final List<String> kafkaTopics = random.nextInt(4) == 0 ? List.of("a", "b") : List.of("a");
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
            case BAD_RECORD -> {}
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
        if (random.nextInt(5) == 0) {
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
        rejectedFolderFails = false;
        disk.faults.clear();
        kafka.producers.forEach(producer -> producer.hangs = false);
        for (final String topic : List.of("a", "b")) {
            if (kafka.partitions(topic) == 0) {
                kafka.createAgain(topic);
            }
        }
    }

    /** Everybody has a turn, again and again, until nothing is left to do. */
    private void rest() {
        final long end = nanos + REST.toNanos();
        int quiet = 0;
        while (quiet < 3) {
            if (nanos > end) {
                throw new AssertionError("Not at rest after " + REST + ": " + unrest());
            }
            List.copyOf(running).forEach(Running::step);
            List.copyOf(running).forEach(Running::write);
            List.copyOf(aside).forEach(task -> {
                aside.remove(task);
                task.run();
            });
            List.copyOf(kafka.producers).forEach(SimulatedProducer::poll);
            List.copyOf(kafka.producers).stream()
                    .filter(SimulatedProducer::hasRequest)
                    .forEach(SimulatedProducer::arrive);
            kafka.producers.removeIf(SimulatedProducer::isGone);
            clients.stream().filter(SimulatedClient::isDisconnected).forEach(SimulatedClient::reconnect);
            nanos += Duration.ofMillis(50).toNanos();
            quiet = unrest().isEmpty() ? quiet + 1 : 0;
        }
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

    private void check() {
        final Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        kafka.written.forEach((partition, log) -> {
            final String topic = partition.substring(0, partition.indexOf('-'));
            log.forEach(text ->
                    counts.computeIfAbsent(text, name -> new LinkedHashMap<>()).merge(topic, 1, Integer::sum));
            if (!kafka.hasGrown(topic)) {
                checkOrder(partition, log);
            }
        });
        for (final SimulatedClient client : clients) {
            for (final Message message : client.published) {
                for (final String topic : message.kafkaTopics) {
                    final int copies =
                            counts.getOrDefault(message.text, Map.of()).getOrDefault(topic, 0);
                    final boolean kept = rejected.contains(topic + " " + message.text);
                    if (message.acknowledged && copies == 0 && !kept) {
                        throw new AssertionError("Lost: " + message.text + " for " + topic);
                    }
                    checkRepeats(message, topic, copies, kept);
                }
            }
        }
        if (isExactlyOnce()) {
            final Set<String> once = new HashSet<>(rejections);
            if (once.size() < rejections.size()) {
                throw new AssertionError("Rejected more than once: " + rejections);
            }
        }
    }

    /** Bad records repeat nobody; nor does a reload that has the time to wait for Kafka. */
    private boolean isExactlyOnce() {
        final boolean onlyBad = EnumSet.of(Fault.BAD_RECORD).containsAll(faults);
        final boolean onlyReload = EnumSet.of(Fault.RELOAD).containsAll(faults)
                && !cluster.shutdownTimeout().isZero();
        return (onlyBad || onlyReload) && cluster.maxInFlight() > 100_000;
    }

    /** Without a fault that allows it, nothing comes twice, and nothing good is rejected. */
    private void checkRepeats(final Message message, final String topic, final int copies, final boolean kept) {
        final boolean bad = message.text.endsWith(SimulatedKafka.BAD);
        if (isExactlyOnce() && !bad && copies != 1) {
            throw new AssertionError(copies + " times in Kafka: " + message.text + " for " + topic);
        }
        if (kept && !bad && !faults.contains(Fault.TOPIC) && !faults.contains(Fault.KAFKA)) {
            throw new AssertionError("Rejected without a reason: " + message.text + " for " + topic);
        }
        if (bad && copies > 0) {
            throw new AssertionError("Kafka took what it refuses: " + message.text);
        }
    }

    /** First appearances in a partition are in the order of the publishes, by client, MQTT topic and QoS. */
    private void checkOrder(final String partition, final List<String> log) {
        final Map<String, Integer> last = new LinkedHashMap<>();
        final Set<String> seen = new HashSet<>();
        for (final String text : log) {
            if (seen.add(text) && !notKept.contains(client(text))) {
                final int slash = text.lastIndexOf('/');
                final String line = text.substring(0, slash);
                final int number = Integer.parseInt(text.substring(slash + 1));
                final Integer before = last.put(line, number);
                if (before != null && before > number) {
                    throw new AssertionError(
                            "In " + partition + ", " + line + "/" + before + " comes before " + text + ": " + log);
                }
            }
        }
    }
}
