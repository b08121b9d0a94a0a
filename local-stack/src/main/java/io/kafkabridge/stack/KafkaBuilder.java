package io.kafkabridge.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/** What a Kafka cluster should be like; {@link #start()} makes it so. Without settings: one node, plain text, a free port. */
public final class KafkaBuilder {

    private @Nullable Path folder;
    private int nodes = 1;
    private final Map<SecurityProtocol, Integer> listeners = new LinkedHashMap<>();
    private final Map<SecurityProtocol, Integer> advertised = new LinkedHashMap<>();
    private boolean cuttable;
    private @Nullable Certificates certificates;
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>(List.of("-Xms128m", "-Xmx256m", "-XX:+UseSerialGC"));

    KafkaBuilder() {}

    /** Where the nodes keep configuration, data and logs. A folder used before starts with the data in it. */
    public KafkaBuilder folder(Path folder) {
        this.folder = folder.toAbsolutePath();
        return this;
    }

    /** How many nodes, each broker and controller: 1 or 3. */
    public KafkaBuilder nodes(int nodes) {
        if (nodes < 1) {
            throw new IllegalArgumentException("A cluster has at least 1 node, not " + nodes + ".");
        }
        this.nodes = nodes;
        return this;
    }

    /** Adds a listener for clients on a free port. The first one added is {@link Kafka#bootstrapServers()}. */
    public KafkaBuilder listener(SecurityProtocol protocol) {
        return listener(protocol, Ports.free());
    }

    /** Adds a listener on the given port of the first node; further nodes take free ports. */
    public KafkaBuilder listener(SecurityProtocol protocol, int port) {
        return listener(protocol, port, port);
    }

    /** Adds a listener that clients of the first node find at another port, for example a {@link TcpProxy}'s. */
    public KafkaBuilder listener(SecurityProtocol protocol, int port, int advertisedPort) {
        listeners.put(protocol, port);
        advertised.put(protocol, advertisedPort);
        return this;
    }

    /** Puts a network between the nodes that can be cut: {@link KafkaNode#cutOff()}. */
    public KafkaBuilder cuttable() {
        cuttable = true;
        return this;
    }

    /** The server's certificate for {@code SSL} and {@code SASL_SSL} listeners. */
    public KafkaBuilder certificates(Certificates certificates) {
        this.certificates = certificates;
        return this;
    }

    /** A user of the SASL listeners, who may log in with PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512. */
    public KafkaBuilder user(String name, String password) {
        users.put(name, password);
        return this;
    }

    /** Turns on Kafka's authorizer: clients may do only what ACLs made through {@link Kafka#admin()} allow. */
    public KafkaBuilder denyByDefault() {
        return property("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .property("allow.everyone.if.no.acl.found", "false");
    }

    /** Any broker property; it wins over ours. */
    public KafkaBuilder property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** An option for the nodes' JVMs; a later {@code -Xmx} wins over the default of 256 MB. */
    public KafkaBuilder jvmOption(String option) {
        jvmOptions.add(option);
        return this;
    }

    /**
     * Starts the cluster and waits until every node answers and the users can log in.
     *
     * @throws StartException if it doesn't within a minute
     */
    public Kafka start() {
        if (listeners.isEmpty()) {
            listener(SecurityProtocol.PLAINTEXT);
        }
        Kafka kafka = new Kafka(new KafkaLayout(
                Objects.requireNonNull(folder, "folder"),
                Stream.iterate(1, id -> id + 1).limit(nodes).map(this::ports).toList(),
                Optional.ofNullable(certificates),
                users,
                properties,
                jvmOptions));
        try {
            kafka.start();
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    private KafkaLayout.Ports ports(int id) {
        int controller = Ports.free();
        int internal = Ports.free();
        Optional<PeerNetwork> peers = cuttable ? Optional.of(new PeerNetwork(controller, internal)) : Optional.empty();
        if (id == 1) {
            return new KafkaLayout.Ports(id, controller, internal, peers, listeners, advertised);
        }
        Map<SecurityProtocol, Integer> clients = new LinkedHashMap<>(listeners);
        clients.replaceAll((protocol, first) -> Ports.free());
        return new KafkaLayout.Ports(id, controller, internal, peers, clients, clients);
    }
}
