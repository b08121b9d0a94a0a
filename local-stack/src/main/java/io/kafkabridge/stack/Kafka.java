package io.kafkabridge.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A running Kafka cluster (KRaft), each node a child process. What is done to the cluster is done to every node; single nodes are
 * at {@link #node(int)}. For one thread, except {@link #log()}.
 */
public final class Kafka implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Pattern STARTED = Pattern.compile("Kafka Server started");
    private static final int SCRAM_ITERATIONS = 4096;

    private final KafkaLayout layout;
    private final List<KafkaNode> nodes;

    Kafka(KafkaLayout layout) {
        this.layout = layout;
        nodes = layout.nodes().stream()
                .map(ports -> new KafkaNode(layout, ports))
                .toList();
    }

    public static KafkaBuilder builder() {
        return new KafkaBuilder();
    }

    /** {@code host:port} of every node, for the listener that was added first. */
    public String bootstrapServers() {
        return bootstrapServers(
                layout.nodes().get(0).clients().keySet().iterator().next());
    }

    /**
     * {@code host:port} of every node, for one listener.
     *
     * @throws IllegalArgumentException if the cluster has no such listener
     */
    public String bootstrapServers(SecurityProtocol protocol) {
        return layout.bootstrapServers(protocol);
    }

    /** What a client of any kind needs to be the super user, on a listener of its own, whatever the other listeners ask for. */
    public Map<String, Object> adminProperties() {
        return layout.adminProperties();
    }

    /** A new admin client of the super user; the caller closes it. */
    public Admin admin() {
        return Admin.create(adminProperties());
    }

    /** Creates a topic, replicated to every node (at most 3). */
    public void createTopic(String name, int partitions) {
        try (Admin admin = admin()) {
            short replicas = (short) Math.min(3, nodes.size());
            await(
                    admin.createTopics(List.of(new NewTopic(name, partitions, replicas)))
                            .all(),
                    "create topic " + name);
        }
    }

    /** All nodes, the first having number 1. */
    public List<KafkaNode> nodes() {
        return nodes;
    }

    /** The node of that number, from 1. */
    public KafkaNode node(int id) {
        return nodes.get(id - 1);
    }

    /**
     * Starts the nodes that don't run and waits until the cluster is complete.
     *
     * @throws StartException if it isn't within a minute
     */
    public void start() {
        String clusterId = Uuid.randomUuid().toString();
        nodes.forEach(node -> node.format(clusterId));
        nodes.stream().filter(node -> !node.isRunning()).forEach(KafkaNode::start);
        awaitComplete();
        createScramUsers();
    }

    /** Waits until every node is up and known to the others, for example after one was started again. */
    public void awaitComplete() {
        nodes.forEach(node -> node.process().awaitLog(STARTED, START_LIMIT));
        try (Admin admin = admin()) {
            nodes.get(0).process().await("cluster of " + nodes.size(), START_LIMIT, () -> sees(admin) == nodes.size());
        }
    }

    public void kill() {
        nodes.forEach(KafkaNode::kill);
    }

    /** Ends the nodes in good order, all at the same time: alone, the last ones would wait for the others. */
    public void stop() {
        nodes.forEach(KafkaNode::terminate);
        nodes.forEach(KafkaNode::stop);
    }

    public void restart() {
        stop();
        start();
    }

    public void pause() {
        nodes.forEach(KafkaNode::pause);
    }

    public void resume() {
        nodes.forEach(KafkaNode::resume);
    }

    /** Everything the nodes have logged, one after the other. */
    public String log() {
        return nodes.stream().map(KafkaNode::log).collect(Collectors.joining());
    }

    /** Ends the processes at once; {@link #stop()} first where a clean end matters. */
    @Override
    public void close() {
        kill();
        nodes.forEach(KafkaNode::closeNetwork);
    }

    private void createScramUsers() {
        if (layout.users().isEmpty()) {
            return;
        }
        try (Admin admin = admin()) {
            // One mechanism a request: Kafka refuses the same user twice in one.
            for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
                ScramCredentialInfo info = new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS);
                List<UserScramCredentialAlteration> credentials = new ArrayList<>();
                layout.users()
                        .forEach((user, password) ->
                                credentials.add(new UserScramCredentialUpsertion(user, info, password)));
                await(admin.alterUserScramCredentials(credentials).all(), "create the SCRAM users");
            }
        }
    }

    private int sees(Admin admin) {
        try {
            return admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size();
        } catch (ExecutionException | TimeoutException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private void await(KafkaFuture<Void> future, String what) {
        try {
            future.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka couldn't " + what + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw nodes.get(0).process().failed("didn't " + what + " within " + START_LIMIT.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw nodes.get(0).process().failed("was given up: this thread was interrupted");
        }
    }
}
