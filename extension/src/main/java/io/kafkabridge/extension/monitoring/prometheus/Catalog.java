package io.kafkabridge.extension.monitoring.prometheus;

import java.util.ArrayList;
import java.util.List;

import io.kafkabridge.extension.monitoring.prometheus.Family.Kind;

import static io.kafkabridge.extension.monitoring.prometheus.Family.Kind.COUNTER;
import static io.kafkabridge.extension.monitoring.prometheus.Family.Kind.GAUGE;
import static io.kafkabridge.extension.monitoring.prometheus.Family.Kind.TIMER;

/** The metrics of the bridge and of HiveMQ File Auth. */
final class Catalog {

    private static final String OWN = "io.kafkabridge.";

    /** Where several fit a name, the first is meant. */
    private static final List<Family> FAMILIES = new ArrayList<>();

    /** Not shown: it is the sum of {@code rejected-because}. */
    private static final String SUM = "(?s)io\\.kafkabridge\\.mapping\\..+\\.rejected";

    static {
        mapping("received", COUNTER, "Publishes that the mapping takes");
        mapping("forwarded", COUNTER, "Records that Kafka has, those out of the spool among them");
        mapping("bytes", COUNTER, "Payload bytes of the records that Kafka has");
        mapping("spooled", COUNTER, "Records that were written to the spool");
        mapping(
                "failed",
                COUNTER,
                "QoS 1 and 2 records that neither Kafka nor the spool took; the client was disconnected");
        mapping("dropped", COUNTER, "QoS 0 records that neither Kafka nor the spool took");
        mapping("pending", GAUGE, "Records that are neither safe nor given up yet");
        mapping("rejected-because.<reason>", COUNTER, "Records that Kafka will never take, kept on the disk");
        mapping(
                "held-back.<reason>",
                COUNTER,
                "Publishes that match a topic filter and are not forwarded, by condition");
        mapping(
                "timestamps-replaced",
                COUNTER,
                "Records with the time of their arrival, since their timestamp property is none that Kafka should get");
        cluster("state", GAUGE, "0 starting, 1 live, 2 waiting for some topics, 3 away, 4 catching up, 5 stuck");
        cluster("in-flight-records", GAUGE, "Records in memory on their way to the cluster");
        cluster("in-flight-bytes", GAUGE, "Memory of the records on their way to the cluster, about");
        cluster("spool-records", GAUGE, "Records in the spool");
        cluster("spool-bytes", GAUGE, "Bytes of the spool's files");
        cluster("spool-free-bytes", GAUGE, "Bytes that the spool may still grow by");
        cluster("spool-oldest-seconds", GAUGE, "Age of the oldest record in the spool");
        cluster("spool-corrupt-segments", GAUGE, "Damaged files of the spool found since the start");
        cluster("drain-rate", GAUGE, "Records per second that go from the spool to Kafka");
        cluster("outages", COUNTER, "How often the cluster stopped to take records");
        cluster("reconnects", COUNTER, "How often the cluster took records again");
        cluster("disconnects", COUNTER, "Clients disconnected because their publish could not be made safe");
        cluster("kafka-latency", TIMER, "Time from handing a record to the producer until Kafka has it");
        cluster("acknowledgement-time", TIMER, "Time from a PUBLISH until its acknowledgement may leave");
        add(
                "configuration.state",
                GAUGE,
                "configuration_state",
                "0 the file's is in force, 1 an older one, 2 none: closed, 3 none: open, and messages are lost");
        add("auth.logins.time", TIMER, "auth_login_time_seconds", "Time from CONNECT until the answer");
        add("auth.bcrypt.time", TIMER, "auth_bcrypt_time_seconds", "Time of one check of a password by bcrypt");
        add("auth.bcrypt.waiting", GAUGE, "auth_bcrypt_waiting", "Logins that wait for their password to be checked");
        add("auth.logins.<result>", COUNTER, "auth_logins", "Logins, by what became of them");
    }

    private Catalog() {}

    private static void mapping(final String name, final Kind kind, final String help) {
        add("mapping.<mapping>." + name, kind, "mapping_" + prometheus(name, kind), help);
    }

    private static void cluster(final String name, final Kind kind, final String help) {
        add("cluster.<cluster>." + name, kind, "cluster_" + prometheus(name, kind), help);
    }

    private static String prometheus(final String name, final Kind kind) {
        return name.replace(".<reason>", "").replace("-because", "").replace('-', '_')
                + (kind == TIMER ? "_seconds" : "");
    }

    private static void add(final String registryName, final Kind kind, final String name, final String help) {
        FAMILIES.add(new Family(OWN + registryName, kind, "kafkabridge_" + name, help));
    }

    static List<Family> families() {
        return List.copyOf(FAMILIES);
    }

    /** Whether a metric of the registry is a project's own. */
    static boolean isOwn(final String metric) {
        return metric.startsWith(OWN);
    }

    /** Whether a metric of the registry says what others say already. */
    static boolean isSum(final String metric) {
        return metric.matches(SUM);
    }
}
