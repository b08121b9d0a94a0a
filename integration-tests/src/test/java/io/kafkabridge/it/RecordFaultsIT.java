package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.stack.BatchFault;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaProxy;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records, topics and permissions that a real Kafka refuses: what is innocent gets through, in order and in time. The proxy only lets
 * Kafka be away, and lets batches gather; the refusals are Kafka's own. One stack for all of them is why the file is long: each of
 * its own would cost ten seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordFaultsIT {

    private static final int MESSAGES = 10;
    private static final int BAD = 5;
    private static final Duration MISSING_TOPIC_TIMEOUT = Duration.ofSeconds(4);
    private static final double LIVE = 1;

    private final int monitoring = Ports.free();
    private final Web web = new Web(monitoring);

    private KafkaProxy proxy;
    private Kafka kafka;
    private HiveMq hivemq;
    private Mqtt5AsyncClient client;

    @BeforeAll
    void start(@TempDir final Path folder) throws Exception {
        final int port = Ports.free();
        proxy = KafkaProxy.to(port);
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.SASL_PLAINTEXT, port, proxy.port())
                .user("bridge", "s3cret")
                .user("writer", "s3cret")
                .denyByDefault()
                .property("auto.create.topics.enable", "false")
                .start();
        createTopics();
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file("extensions/hivemq-kafka-bridge/conf/config.xml", config())
                .start();
        client = Mqtt5Client.builder()
                .identifier("client")
                .serverHost("127.0.0.1")
                .serverPort(hivemq.mqttPort())
                .buildAsync();
        client.connect().get();
        awaitLive();
    }

    private void createTopics() throws Exception {
        final Map<String, String> nearTimestamps = Map.of("message.timestamp.after.max.ms", "60000");
        final Map<String, String> compacted = Map.of("cleanup.policy", "compact");
        try (Admin admin = kafka.admin()) {
            admin.createTopics(List.of(
                            topic("stamped-live").configs(nearTimestamps),
                            topic("stamped-spool").configs(nearTimestamps),
                            topic("keyed-live").configs(compacted),
                            topic("keyed-spool").configs(compacted),
                            topic("dead"),
                            topic("good"),
                            topic("existing")))
                    .all()
                    .get();
            admin.createAcls(List.of(mayWrite("bridge", "*"), mayWrite("writer", "existing")))
                    .all()
                    .get();
        }
    }

    private static NewTopic topic(final String name) {
        return new NewTopic(name, 1, (short) 1);
    }

    private static AclBinding mayWrite(final String user, final String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", AclOperation.WRITE, AclPermissionType.ALLOW));
    }

    private String config() {
        return new BridgeXml()
                .monitoring(monitoring, "")
                .cluster(
                        "cluster01",
                        kafka.bootstrapServers(),
                        """
                        <dead-letter-topic>dead</dead-letter-topic><delivery-timeout>2s</delivery-timeout>
                        <missing-topic-timeout>%ds</missing-topic-timeout>""".formatted(MISSING_TOPIC_TIMEOUT.toSeconds()) + login("bridge"))
                .mappingWith(
                        "stamped",
                        "cluster01",
                        "<kafka-topic>stamped-{topic[1]}</kafka-topic><timestamp-property>at</timestamp-property>",
                        "stamped/+")
                .mapping("keyed", "cluster01", "keyed-{topic[1]}", "keyed/+/good")
                .mappingWith(
                        "keyless",
                        "cluster01",
                        "<kafka-topic>keyed-{topic[1]}</kafka-topic><key>{none}</key>",
                        "keyed/+/bad")
                .mapping("missing", "cluster01", "missing-{topic[1]}", "missing/+")
                .mapping("good", "cluster01", "good", "good")
                .cluster("writer", kafka.bootstrapServers(), login("writer"))
                .mappingWith(
                        "creating",
                        "writer",
                        "<kafka-topic>existing</kafka-topic><topic-creation><partitions>1</partitions></topic-creation>",
                        "existing")
                .cluster("never", "127.0.0.1:1", "")
                .mapping("templated", "never", "t-{topic[1]}", "never/+")
                .toString();
    }

    private static String login(final String user) {
        return "<authentication><plain><username>" + user + "</username><password>s3cret</password></plain>"
                + "</authentication>";
    }

    @AfterEach
    void pass() {
        proxy.pass();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
        proxy.close();
    }

    private double state(final String cluster) {
        return web.metricOfClusters("kafkabridge_cluster_state").getOrDefault(cluster, -1.0);
    }

    private double outages() {
        return web.metricOfClusters("kafkabridge_cluster_outages_total").getOrDefault("cluster01", -1.0);
    }

    private CompletableFuture<?> publish(final String topic, final String payload, final Duration ahead) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .userProperties()
                .add("at", Instant.now().plus(ahead).toString())
                .applyUserProperties()
                .send();
    }

    private CompletableFuture<?> publish(final String topic, final String payload) {
        return publish(topic, payload, Duration.ZERO);
    }

    /** A message of a row, of which one is bad. */
    private CompletableFuture<?> publish(final String kind, final String way, final int sequence) {
        final boolean bad = sequence == BAD;
        return kind.equals("stamped")
                ? publish("stamped/" + way, value(sequence), bad ? Duration.ofMinutes(10) : Duration.ZERO)
                : publish("keyed/" + way + (bad ? "/bad" : "/good"), value(sequence));
    }

    private static String value(final int sequence) {
        return "m:" + sequence;
    }

    private void awaitLive() {
        await().atMost(LoadedBridge.LIMIT).until(() -> state("cluster01") == LIVE);
    }

    /** Kafka takes nothing until the proxy passes again. */
    private void takeNothing() {
        proxy.batches(batch -> BatchFault.refused(Errors.NOT_ENOUGH_REPLICAS));
    }

    @ParameterizedTest
    @CsvSource({"stamped,live", "stamped,spool", "keyed,live", "keyed,spool"})
    void recordThatABrokerRefuses_isRejectedOnce_andItsBatchMatesArriveOnceAndInOrder(
            final String kind, final String way) throws Exception {
        // Given
        final String topic = kind + "-" + way;
        final int logged = hivemq.log().length();
        final double outages = outages();
        final AtomicBoolean first = new AtomicBoolean(true);
        if (way.equals("live")) { // While the first is answered the others gather in a batch.
            proxy.batches(batch -> first.getAndSet(false) ? BatchFault.late(Duration.ofMillis(500)) : null);
        } else {
            takeNothing();
        }

        // When
        final List<? extends CompletableFuture<?>> acknowledgements = IntStream.range(0, MESSAGES)
                .mapToObj(i -> publish(kind, way, i))
                .toList();
        CompletableFuture.allOf(acknowledgements.toArray(new CompletableFuture<?>[0]))
                .get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        proxy.pass();
        awaitLive();

        // Then
        assertThat(Topics.values(kafka, topic))
                .containsExactlyElementsOf(IntStream.range(0, MESSAGES)
                        .filter(i -> i != BAD)
                        .mapToObj(RecordFaultsIT::value)
                        .toList());
        assertThat(RejectedLines.of(hivemq, "cluster01"))
                .filteredOn(line -> line.contains("\"topic\":\"" + topic + "\""))
                .singleElement()
                .asString()
                .contains("\"value\":\"" + value(BAD) + "\"");
        await().untilAsserted(() -> assertThat(Topics.read(kafka, "dead"))
                .filteredOn(dead -> topic.equals(new String(
                        dead.headers().lastHeader("kafka-bridge.topic").value(), StandardCharsets.UTF_8)))
                .hasSize(1));
        if (way.equals("live")) {
            assertThat(outages()).as("outages").isEqualTo(outages);
            assertThat(hivemq.log().substring(logged)).doesNotContain(LoadedBridge.AWAY);
        }
    }

    @Test
    void missingTopicsInTheSpool_areWaitedForOnce_notOneAfterTheOther() throws Exception {
        // Given
        final int topics = 8;
        takeNothing();
        publish("good", "away").get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < topics; i++) {
            publish("missing/" + i, "lost").get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        publish("good", "behind them").get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);

        // When
        final long start = System.nanoTime();
        proxy.pass();

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(Topics.values(kafka, "good")).containsExactly("away", "behind them"));
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> assertThat(RejectedLines.of(hivemq, "cluster01"))
                .filteredOn(line -> line.contains("\"topic\":\"missing-"))
                .hasSize(topics));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(MISSING_TOPIC_TIMEOUT.plus(MISSING_TOPIC_TIMEOUT));
        awaitLive();
    }

    @Test
    void topicCreation_withoutThePermissionToCreate_forwardsToTopicsThatExist_andSpoolsWhenKafkaDies()
            throws Exception {
        // When
        final CompletableFuture<?> first = publish("existing", "1");

        // Then
        first.get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(Topics.values(kafka, "existing")).containsExactly("1");
        assertThat(state("writer")).isEqualTo(LIVE);

        // When
        kafka.kill();
        publish("existing", "2").get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
        publish("existing", "3").get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        assertThat(web.metricOfClusters("kafkabridge_cluster_spool_records")).containsEntry("writer", 2.0);
        kafka.start();
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> assertThat(Topics.values(kafka, "existing"))
                .containsExactly("1", "2", "3"));
        assertThat(RejectedLines.of(hivemq, "writer")).isEmpty();
        awaitLive();
    }

    @Test
    void clusterThatWasNeverUp_withTemplatedTopicsOnly_isNotCalledLive() throws Exception {
        // Given: the others are live, so this one has had its time

        // Then
        assertThat(state("never")).isNotEqualTo(LIVE);
        assertThat(hivemq.log()).doesNotContain("Kafka cluster 'never' takes records");
        assertThat(web.get("/health/ready").body())
                .containsPattern("\"id\" : \"never\",\\s+\"ready\" : true,\\s+\"why\"" + " : \"(?!live)");

        // When
        publish("never/1", "kept").get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);

        // Then
        await().until(() -> state("never") == 3);
        assertThat(hivemq.log()).contains("Kafka cluster 'never' takes no records");
        assertThat(Objects.requireNonNull(web.metricOfClusters("kafkabridge_cluster_spool_records")
                        .get("never")))
                .isEqualTo(1);
    }
}
