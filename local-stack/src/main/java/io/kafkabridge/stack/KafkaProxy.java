package io.kafkabridge.stack;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;

/**
 * Stands between clients and a real broker, reads what they say with kafka-clients' own classes, and puts in answers that a broker
 * gives too rarely to wait for. What no rule speaks of passes byte by byte. The broker must tell its clients the proxy's port
 * ({@link KafkaBuilder#listener(org.apache.kafka.common.security.auth.SecurityProtocol, int, int)}), and the listener be plain text,
 * with or without SASL. Rules may be set at any time, and hold for what comes from then on. Thread-safe.
 */
public final class KafkaProxy implements AutoCloseable {

    /** Says what goes wrong with each batch. Called on the connections' threads. */
    public interface BatchRule {

        /** The fault of a batch, or null for none. A batch is asked for again when its producer sends it again. */
        @Nullable
        BatchFault faultOf(ProducedBatch batch);
    }

    /** Changes answers of one kind. Called on the connections' threads. */
    public interface AnswerRule {

        /**
         * Changes what the broker has answered.
         *
         * @param clientId the {@code client.id} of who asked
         * @param answer the generated class of the API, such as {@link MetadataResponseData}
         */
        void change(String clientId, ApiMessage answer);
    }

    private final ProxyDoor door;
    private final Map<Uuid, String> topicNames = new ConcurrentHashMap<>();
    private final Map<ApiKeys, AnswerRule> answerRules = new ConcurrentHashMap<>();
    private volatile BatchRule batchRule = batch -> null;

    private KafkaProxy(final int serverPort) {
        door = ProxyDoor.open(
                "Kafka proxy to " + serverPort, client -> new KafkaProxyConnection(client, serverPort, this));
    }

    /**
     * Starts to forward to a port of 127.0.0.1, where nobody needs to listen yet.
     *
     * @return a proxy on a free port, that passes everything on
     */
    public static KafkaProxy to(final int serverPort) {
        return new KafkaProxy(serverPort);
    }

    /** Where clients connect, on 127.0.0.1. */
    public int port() {
        return door.port();
    }

    /** What goes wrong with batches from now on. */
    public void batches(final BatchRule rule) {
        batchRule = rule;
    }

    /** How answers of an API are changed from now on; those to produce requests are {@link #batches}. */
    public void answers(final ApiKeys api, final AnswerRule rule) {
        answerRules.put(api, rule);
    }

    /** From now on everything passes as it is. */
    public void pass() {
        batchRule = batch -> null;
        answerRules.clear();
    }

    /** Breaks all connections there are (RST to both ends). New ones are let in. */
    public void reset() {
        door.reset();
    }

    /** Breaks all connections and lets no more in. */
    @Override
    public void close() {
        door.close();
    }

    @Nullable
    BatchFault faultOf(final ProducedBatch batch) {
        return batchRule.faultOf(batch);
    }

    /** Whether an answer of this kind has to be read. */
    boolean concerns(final ApiKeys api) {
        return api == ApiKeys.METADATA || answerRules.containsKey(api);
    }

    /** Reads an answer, and changes it if there is a rule for it. */
    void change(final String clientId, final ApiKeys api, final ApiMessage answer) {
        if (answer instanceof final MetadataResponseData metadata) {
            metadata.topics().forEach(topic -> {
                if (topic.name() != null) {
                    topicNames.put(topic.topicId(), topic.name());
                }
            });
        }
        final AnswerRule rule = answerRules.get(api);
        if (rule != null) {
            rule.change(clientId, answer);
        }
    }

    /** The name of a topic that a produce request names by its id only. */
    String topicName(final Uuid id) {
        return topicNames.getOrDefault(id, id.toString());
    }
}
