package io.kafkabridge.stack;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A cluster on paper: its nodes' folders, ports and broker properties.
 *
 * <p>Beside the listeners for clients every node has two of its own, one for the controllers and one named {@code INTERNAL} for
 * the brokers and for {@link Kafka#admin()}. Both ask for the password of the super user, which is random and new at every start.
 */
record KafkaLayout(
        Path folder,
        List<Ports> nodes,
        Optional<Certificates> certificates,
        Map<String, String> users,
        Map<String, String> properties,
        List<String> jvmOptions,
        String adminPassword) {

    private static final String ADMIN = "local-stack-admin";
    private static final String PLAIN_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required";

    /**
     * A node's number, from 1, and its ports.
     *
     * @param peers what stands between it and the other nodes, if anything does
     * @param clients where it listens for clients
     * @param advertised where it tells clients to connect
     */
    record Ports(
            int id,
            int controller,
            int internal,
            Optional<PeerNetwork> peers,
            Map<SecurityProtocol, Integer> clients,
            Map<SecurityProtocol, Integer> advertised) {

        int controllerOfPeers() {
            return peers.map(PeerNetwork::controllerPort).orElse(controller);
        }

        int internalOfPeers() {
            return peers.map(PeerNetwork::internalPort).orElse(internal);
        }
    }

    KafkaLayout(
            Path folder,
            List<Ports> nodes,
            Optional<Certificates> certificates,
            Map<String, String> users,
            Map<String, String> properties,
            List<String> jvmOptions) {
        this(
                folder,
                nodes,
                certificates,
                Map.copyOf(users),
                Map.copyOf(properties),
                List.copyOf(jvmOptions),
                UUID.randomUUID().toString());
    }

    Path folder(Ports node) {
        return folder.resolve("node-" + node.id());
    }

    String bootstrapServers(SecurityProtocol protocol) {
        return hosts(node -> Optional.ofNullable(node.advertised().get(protocol))
                .orElseThrow(() -> new IllegalArgumentException("This Kafka has no " + protocol + " listener, only "
                        + node.clients().keySet() + ".")));
    }

    /** What a client needs to be the super user. */
    Map<String, Object> adminProperties() {
        return Map.of(
                "bootstrap.servers",
                hosts(Ports::internal),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                adminLogin() + ";");
    }

    /** The content of the node's {@code server.properties}, in the order written. */
    Map<String, String> serverProperties(Ports node) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(node.id()));
        all.put("log.dirs", folder(node).resolve("data").toString());
        all.put(
                "controller.quorum.voters",
                nodes.stream()
                        .map(voter -> voter.id() + "@localhost:" + voter.controllerOfPeers())
                        .collect(Collectors.joining(",")));
        all.put(
                "listeners",
                "CONTROLLER://127.0.0.1:" + node.controller() + ","
                        + brokerListeners("127.0.0.1", node.internal(), node.clients()));
        all.put(
                "advertised.listeners",
                "CONTROLLER://localhost:" + node.controllerOfPeers() + ","
                        + brokerListeners("localhost", node.internalOfPeers(), node.advertised()));
        all.put(
                "listener.security.protocol.map",
                "CONTROLLER:SASL_PLAINTEXT,INTERNAL:SASL_PLAINTEXT,"
                        + node.clients().keySet().stream().map(p -> p + ":" + p).collect(Collectors.joining(",")));
        putOwnListeners(all);
        node.clients().keySet().forEach(protocol -> putClientListener(all, protocol));
        putSmallDefaults(all);
        all.putAll(properties);
        return all;
    }

    /** Without the passwords. */
    @Override
    public String toString() {
        return "Kafka of " + nodes.size() + " nodes in " + folder;
    }

    private void putOwnListeners(Map<String, String> all) {
        all.put("controller.listener.names", "CONTROLLER");
        all.put("inter.broker.listener.name", "INTERNAL");
        all.put("sasl.mechanism.controller.protocol", "PLAIN");
        all.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        all.put("super.users", "User:" + ADMIN);
        for (String listener : List.of("controller", "internal")) {
            all.put("listener.name." + listener + ".sasl.enabled.mechanisms", "PLAIN");
            all.put(
                    "listener.name." + listener + ".plain.sasl.jaas.config",
                    adminLogin() + " user_" + ADMIN + "=" + quoted(adminPassword) + ";");
        }
    }

    private void putClientListener(Map<String, String> all, SecurityProtocol protocol) {
        String prefix = "listener.name." + protocol.name.toLowerCase(java.util.Locale.ROOT) + ".";
        if (protocol == SecurityProtocol.SASL_PLAINTEXT || protocol == SecurityProtocol.SASL_SSL) {
            String names = users.entrySet().stream()
                    .map(user -> " user_" + user.getKey() + "=" + quoted(user.getValue()))
                    .collect(Collectors.joining());
            all.put(prefix + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
            all.put(prefix + "plain.sasl.jaas.config", PLAIN_LOGIN + names + ";");
            all.put(prefix + "scram-sha-256.sasl.jaas.config", SCRAM_LOGIN + ";");
            all.put(prefix + "scram-sha-512.sasl.jaas.config", SCRAM_LOGIN + ";");
        }
        if (protocol == SecurityProtocol.SSL || protocol == SecurityProtocol.SASL_SSL) {
            Certificates server = certificates.orElseThrow(
                    () -> new IllegalArgumentException("The listener " + protocol + " needs certificates(...)."));
            all.put(prefix + "ssl.keystore.type", "PKCS12");
            all.put(prefix + "ssl.keystore.location", server.keyStore().toString());
            all.put(prefix + "ssl.keystore.password", server.password());
            all.put(prefix + "ssl.key.password", server.password());
        }
    }

    /** One machine, few records: as safe as the nodes allow, and quick to start and to hand out partitions. */
    private void putSmallDefaults(Map<String, String> all) {
        String replicas = Integer.toString(Math.min(3, nodes.size()));
        String minInSync = nodes.size() > 2 ? "2" : "1";
        all.put("default.replication.factor", replicas);
        all.put("min.insync.replicas", minInSync);
        all.put("offsets.topic.replication.factor", replicas);
        all.put("offsets.topic.num.partitions", "1");
        all.put("transaction.state.log.replication.factor", replicas);
        all.put("transaction.state.log.min.isr", minInSync);
        all.put("transaction.state.log.num.partitions", "1");
        all.put("broker.heartbeat.interval.ms", "500");
        all.put("broker.session.timeout.ms", "3000"); // a killed broker may come back only after that
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("log.cleaner.dedupe.buffer.size", "2097152");
    }

    private static String brokerListeners(String host, int internal, Map<SecurityProtocol, Integer> clients) {
        return "INTERNAL://" + host + ":" + internal
                + clients.entrySet().stream()
                        .map(listener -> "," + listener.getKey() + "://" + host + ":" + listener.getValue())
                        .collect(Collectors.joining());
    }

    private String hosts(ToIntFunction<Ports> port) {
        return nodes.stream().map(node -> "localhost:" + port.applyAsInt(node)).collect(Collectors.joining(","));
    }

    private String adminLogin() {
        return PLAIN_LOGIN + " username=" + quoted(ADMIN) + " password=" + quoted(adminPassword);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
