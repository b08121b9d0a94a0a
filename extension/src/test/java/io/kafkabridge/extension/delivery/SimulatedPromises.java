package io.kafkabridge.extension.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.extension.delivery.SimulatedClient.Message;
import io.kafkabridge.extension.delivery.Simulation.Fault;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;
import io.kafkabridge.spool.SpoolReader;
import io.kafkabridge.spool.SpooledRecord;

/**
 * What the bridge promises, looked at after every step of a {@link Simulation} and at its end. A record's <i>place</i> is its Kafka
 * topic and its value, which is another for each publish. For one thread.
 */
final class SimulatedPromises {

    /** A promise was broken. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;
        private final String kind;

        Broken(final String kind, final String what) {
            super(kind + ": " + what);
            this.kind = kind;
        }

        String kind() {
            return kind;
        }
    }

    private static final Path SPOOL = Path.of("/data/spool/c1");

    private final SimulatedKafka kafka;
    private final SimulatedDisk disk;
    private final List<SimulatedClient> clients;

    private final Set<String> rejected = new HashSet<>();

    /** The clients of what Kafka had refused for good and the disk didn't take: it comes again, behind what went on meanwhile. */
    private final Set<String> notKept = new HashSet<>();

    /** How often clients have sent a record, and how often it is known to have ended in Kafka or among the rejected ones. */
    private final Map<String, Integer> sends = new HashMap<>();

    private final Map<String, Integer> ends = new HashMap<>();

    /** What was acknowledged and was neither in Kafka nor rejected when it was looked for the last time. */
    private final Set<String> spooled = new LinkedHashSet<>();

    /** Those before it were given up with what they had. */
    private long firstProducer;

    private boolean mayRepeat;
    private boolean mustLook;
    private long seenVersion;

    /** A callback has found something; what it throws might be caught. */
    private @Nullable Broken noted;

    SimulatedPromises(final SimulatedKafka kafka, final SimulatedDisk disk, final List<SimulatedClient> clients) {
        this.kafka = kafka;
        this.disk = disk;
        this.clients = clients;
    }

    /** A promise was broken, seen where exceptions may be caught: the next look throws. */
    void broken(final String kind, final String what) {
        if (noted == null) {
            noted = new Broken(kind, what);
        }
    }

    /** A client's record was handed to the bridge. */
    void sent(final String place) {
        sends.merge(place, 1, Integer::sum);
    }

    /** The bridge has heard that Kafka has a record. */
    void confirmed(final String place, final long producerId) {
        if (producerId >= firstProducer) {
            ended(place);
        }
    }

    /** A record was kept among the rejected ones. */
    void rejected(final String place) {
        rejected.add(place);
        ended(place);
    }

    private void ended(final String place) {
        final int times = ends.merge(place, 1, Integer::sum);
        if (times > sends.getOrDefault(place, 0) && !mayRepeat) {
            broken("Twice", place + " was known to be safe and went again");
        }
    }

    /** The rejected records' disk didn't take one. */
    void notKept(final String text) {
        notKept.add(client(text));
    }

    /** The spool is opened again after a crash or a reload: what was on its way from it may go again. */
    void reopened(final Set<Fault> faults) {
        ends.clear();
        firstProducer = kafka.newProducerId();
        // An append that failed and couldn't be cut off is found then; its records may have been appended once more
        // since.
        mayRepeat = faults.contains(Fault.DISK) || faults.contains(Fault.BUG);
    }

    /** A publish was acknowledged. */
    void acknowledged(final Message message) {
        message.kafkaTopics.forEach(topic -> spooled.add(SimulatedKafka.place(topic, message.text)));
        mustLook = true;
    }

    /** What holds at each moment. */
    void everyStep(
            final Set<Fault> faults, final KafkaCluster cluster, final DeliveryStatus status, final Duration elapsed) {
        lookAtAcknowledged();
        // Later, a record may be late: each bad one costs a producer.
        final boolean isEarly = elapsed.compareTo(cluster.deliveryTimeout()) < 0;
        if (isEarly && isUndisturbed(faults, cluster) && status.spooledRecords() > 0) {
            throw new Broken("Outage", "Records go to the spool, though Kafka takes them");
        }
        if (status.inFlightBytes() < 0 || status.inFlightRecords() < 0) {
            throw new Broken(
                    "Memory", status.inFlightRecords() + " records under way, bytes: " + status.inFlightBytes());
        }
        if (noted != null) {
            throw noted;
        }
    }

    /** Acknowledged is only what is in Kafka, rejected, or would be in the spool if the power were lost now. */
    private void lookAtAcknowledged() {
        spooled.removeIf(place -> kafka.stored.contains(place) || rejected.contains(place));
        if (spooled.isEmpty() || (!mustLook && seenVersion == disk.version)) {
            return;
        }
        mustLook = false;
        seenVersion = disk.version;
        final Set<String> durable = durable();
        for (final String place : spooled) {
            if (!durable.contains(place)) {
                throw new Broken("Not safe", "Acknowledged, but a power loss would take it: " + place);
            }
        }
    }

    /** The places of all that a restart would find in the spool after a power loss. */
    private Set<String> durable() {
        final Set<String> places = new HashSet<>();
        try (Spool spool = Spool.open(
                        SPOOL, new SpoolLimits(1 << 30, 0, SpoolLimits.DEFAULT_SEGMENT_BYTES), disk.afterPowerLoss());
                SpoolReader reader = spool.reader()) {
            List<SpooledRecord> next = reader.next();
            while (!next.isEmpty()) {
                next.forEach(record -> places.add(SimulatedKafka.place(record.record())));
                next = reader.next();
            }
        } catch (final IOException e) {
            throw new Broken("Not safe", "The spool can't be opened: " + e);
        }
        return places;
    }

    /** What holds when all faults are over and nothing is left to do. */
    void atRest(final Set<Fault> faults, final KafkaCluster cluster) {
        final Map<String, Integer> copies = new HashMap<>();
        kafka.written.forEach((partition, log) -> {
            final String topic = partition.substring(0, partition.indexOf('-'));
            log.forEach(text -> copies.merge(SimulatedKafka.place(topic, text), 1, Integer::sum));
            if (!kafka.hasGrown(topic)) {
                lookAtOrder(partition, log);
            }
        });
        for (final SimulatedClient client : clients) {
            for (final Message message : client.published) {
                for (final String topic : message.kafkaTopics) {
                    final String place = SimulatedKafka.place(topic, message.text);
                    lookAtRecord(message, place, copies.getOrDefault(place, 0), faults, cluster);
                }
            }
        }
    }

    private void lookAtRecord(
            final Message message,
            final String place,
            final int copies,
            final Set<Fault> faults,
            final KafkaCluster cluster) {
        final boolean kept = rejected.contains(place);
        final boolean bad = message.text.endsWith(SimulatedKafka.BAD);
        if (message.acknowledged && copies == 0 && !kept) {
            throw new Broken("Lost", place);
        }
        // Without a fault that allows it, nothing comes twice, and nothing good is rejected.
        if (isExactlyOnce(faults, cluster) && !bad && copies != 1) {
            throw new Broken("Twice", copies + " times in Kafka: " + place);
        }
        if (kept && !bad && !faults.contains(Fault.TOPIC) && !faults.contains(Fault.KAFKA)) {
            throw new Broken("Rejected", "without a reason: " + place);
        }
        if (bad && copies > 0) {
            throw new Broken("Rejected", "Kafka took what it refuses: " + place);
        }
    }

    /** Bad records repeat nobody; nor does a reload that has the time to wait for Kafka. */
    private static boolean isExactlyOnce(final Set<Fault> faults, final KafkaCluster cluster) {
        final boolean onlyReload = EnumSet.of(Fault.RELOAD, Fault.LISTENER).containsAll(faults)
                && !cluster.shutdownTimeout().isZero()
                && cluster.maxInFlight() > 100_000;
        return onlyReload || isUndisturbed(faults, cluster);
    }

    /** Nothing has happened that is an outage. */
    private static boolean isUndisturbed(final Set<Fault> faults, final KafkaCluster cluster) {
        return EnumSet.of(Fault.BAD_RECORD, Fault.LISTENER).containsAll(faults) && cluster.maxInFlight() > 100_000;
    }

    /** First appearances in a partition are in the order of the publishes, by client, MQTT topic and QoS. */
    private void lookAtOrder(final String partition, final List<String> log) {
        final Map<String, Integer> last = new LinkedHashMap<>();
        final Set<String> seen = new HashSet<>();
        for (final String text : log) {
            if (seen.add(text) && !notKept.contains(client(text))) {
                final int slash = text.lastIndexOf('/');
                final String line = text.substring(0, slash);
                final int number = Integer.parseInt(text.substring(slash + 1));
                final Integer before = last.put(line, number);
                if (before != null && before > number) {
                    throw new Broken(
                            "Order",
                            "In " + partition + ", " + line + "/" + before + " comes before " + text + ": " + log);
                }
            }
        }
    }

    private static String client(final String text) {
        return text.substring(0, text.indexOf('/'));
    }
}
