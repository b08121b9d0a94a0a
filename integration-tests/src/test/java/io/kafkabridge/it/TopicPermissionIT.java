package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Kafka takes the permission to write to one topic away while the bridge runs, and gives it back. */
class TopicPermissionIT {

    private Path folder;
    private LoadedBridge bridge;
    private String bootstrapServers;

    @BeforeEach
    void start(@TempDir final Path temp) throws Exception {
        folder = temp;
        bridge = new LoadedBridge(
                folder,
                Kafka.builder()
                        .listener(SecurityProtocol.SASL_PLAINTEXT, Ports.free())
                        .user("bridge", "s3cret")
                        .denyByDefault());
        bootstrapServers = bridge.kafka().bootstrapServers(SecurityProtocol.SASL_PLAINTEXT);
        bridge.kafka().createTopic("other", 1);
        allow("load");
        allow("other");
        bridge.startHiveMq(new BridgeXml()
                .cluster(
                        "cluster01",
                        bootstrapServers,
                        "<authentication><plain><username>bridge</username><password>s3cret</password></plain>"
                                + "</authentication>")
                .mapping("load", "cluster01", "load", "load")
                .mapping("other", "cluster01", "other", "other"));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    private static AclBinding mayWrite(final String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:bridge", "*", AclOperation.WRITE, AclPermissionType.ALLOW));
    }

    private void allow(final String topic) throws Exception {
        try (Admin admin = bridge.kafka().admin()) {
            admin.createAcls(List.of(mayWrite(topic))).all().get();
        }
    }

    private void forbid(final String topic) throws Exception {
        try (Admin admin = bridge.kafka().admin()) {
            admin.deleteAcls(List.of(mayWrite(topic).toFilter())).all().get();
        }
    }

    @Test
    void permissionTakenAway_keepsTheRecordsOnTheDisk_stopsNoOtherTopic_andRetrySendsThem() throws Exception {
        try (SessionClient client = new SessionClient("c", 5, bridge.hivemq().mqttPort())) {
            // Given
            publish(client, "load", "1");

            // When
            forbid("load");
            await().atMost(LoadedBridge.LIMIT).until(() -> {
                publish(client, "load", "2");
                return !bridge.files("rejected").isEmpty();
            });
            publish(client, "other", "as ever");

            // Then
            bridge.hivemq()
                    .awaitLog("were rejected for good: .*topic load, TopicAuthorizationException", LoadedBridge.LIMIT);
            assertThat(Topics.values(bridge.kafka(), "other")).containsExactly("as ever");

            // When
            allow("load");
            final Path extension = folder.resolve("hivemq/extensions/hivemq-kafka-bridge");
            try (JarProcess retry = JarProcess.start(
                    folder,
                    extension.resolve(Artifacts.bridgeJar().getFileName().toString()),
                    "rejected",
                    "retry",
                    extension.resolve("conf/config.xml").toString())) {

                // Then
                assertThat(retry.exitCode()).as(retry.errors()).isZero();
            }
            publish(client, "load", "3");
            assertThat(Topics.values(bridge.kafka(), "load")).contains("1", "2", "3");
        }
    }

    private static void publish(final SessionClient client, final String topic, final String value) throws Exception {
        client.publish(topic, 1, value.getBytes(StandardCharsets.UTF_8)).get();
    }
}
