package io.kafkabridge.it;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that sends the same packet again on the same connection makes no second record in Kafka; on another one it may.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatsIT {

    private LoadedBridge bridge;

    @BeforeAll
    void start(@TempDir final Path folder) {
        bridge = new LoadedBridge(folder, Kafka.builder());
        final BridgeXml xml =
                new BridgeXml().cluster("cluster01", bridge.kafka().bootstrapServers(), "");
        for (final String topic : new String[] {"qos1", "qos2", "away", "killed"}) {
            bridge.kafka().createTopic(topic, 1);
            xml.mapping(topic, "cluster01", topic, topic);
        }
        bridge.startHiveMq(xml);
    }

    @AfterEach
    void mend() {
        bridge.mend();
    }

    @AfterAll
    void stop() {
        bridge.close();
    }

    @Test
    void qos1SentAgainBeforeItsPuback_isOneRecord() throws IOException {
        try (RawMqtt client = new RawMqtt(bridge.hivemq().mqttPort(), "qos1")) {
            // Given
            bridge.kafka().pause();

            // When
            client.publish(1, 1, false, "qos1", "once");
            client.publish(1, 1, true, "qos1", "once");
            client.publish(1, 1, true, "qos1", "once");
            client.ping();
            bridge.kafka().resume();
            client.await(RawMqtt.PUBACK, 1);
            client.publish(2, 1, false, "qos1", "end");
            client.await(RawMqtt.PUBACK, 2);

            // Then
            assertThat(Topics.values(bridge.kafka(), "qos1")).containsExactly("once", "end");
        }
    }

    @Test
    void qos2SentAgainBeforeAndAfterItsPubrec_isOneRecord() throws IOException {
        try (RawMqtt client = new RawMqtt(bridge.hivemq().mqttPort(), "qos2")) {
            // Given
            bridge.kafka().pause();

            // When
            client.publish(1, 2, false, "qos2", "once");
            client.publish(1, 2, true, "qos2", "once");
            client.ping();
            bridge.kafka().resume();
            client.await(RawMqtt.PUBREC, 1);
            client.publish(1, 2, true, "qos2", "once");
            client.await(RawMqtt.PUBREC, 1);
            releaseTwice(client, 1);
            client.publish(2, 1, false, "qos2", "end");
            client.await(RawMqtt.PUBACK, 2);

            // Then
            assertThat(Topics.values(bridge.kafka(), "qos2")).containsExactly("once", "end");
        }
    }

    @Test
    void sentAgainWhileKafkaIsAway_isOneRecordByWayOfTheSpool() throws IOException {
        try (RawMqtt client = new RawMqtt(bridge.hivemq().mqttPort(), "away")) {
            // Given
            bridge.kafka().kill();

            // When
            client.publish(1, 1, false, "away", "qos 1");
            client.publish(1, 1, true, "away", "qos 1");
            client.publish(2, 2, false, "away", "qos 2");
            client.publish(2, 2, true, "away", "qos 2");
            client.await(RawMqtt.PUBACK, 1);
            client.await(RawMqtt.PUBREC, 2);
            client.publish(2, 2, true, "away", "qos 2");
            client.await(RawMqtt.PUBREC, 2);
            releaseTwice(client, 2);
            bridge.kafka().start();
            client.publish(3, 1, false, "away", "end");
            client.await(RawMqtt.PUBACK, 3);

            // Then: what was acknowledged from the spool is in Kafka before what came later
            await().atMost(LoadedBridge.LIMIT)
                    .until(() -> Topics.values(bridge.kafka(), "away").contains("end"));
            assertThat(Topics.values(bridge.kafka(), "away")).containsExactly("qos 1", "qos 2", "end");
        }
    }

    @Test
    void clientKilledBeforeItsPuback_sendsAgain_andNothingIsLostOrPutOutOfOrder() throws IOException {
        // Given
        bridge.kafka().pause();
        try (RawMqtt client = new RawMqtt(bridge.hivemq().mqttPort(), "killed")) {
            client.publish(1, 1, false, "killed", "1");
            client.publish(2, 1, false, "killed", "2");
            client.ping();
        }

        // When
        bridge.kafka().resume();
        try (RawMqtt client = new RawMqtt(bridge.hivemq().mqttPort(), "killed")) {
            client.publish(1, 1, true, "killed", "1");
            client.publish(2, 1, true, "killed", "2");
            client.publish(3, 1, false, "killed", "3");
            client.await(RawMqtt.PUBACK, 3);
        }

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .until(() -> Topics.values(bridge.kafka(), "killed").contains("3"));
        assertThat(Topics.values(bridge.kafka(), "killed").stream().distinct()).containsExactly("1", "2", "3");
    }

    private static void releaseTwice(final RawMqtt client, final int packetId) throws IOException {
        client.pubrel(packetId);
        client.await(RawMqtt.PUBCOMP, packetId);
        client.pubrel(packetId);
        client.await(RawMqtt.PUBCOMP, packetId);
    }
}
