package io.kafkabridge.it;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;

import static org.assertj.core.api.Assertions.assertThat;

/** What one mapping can't deliver is no concern of the others. */
class OtherMappingsIT {

    @Test
    void unresolvableClusterAndMissingTopic_doNotTouchOtherMappings(@TempDir final Path folder) {
        // Given
        try (LoadedBridge bridge = new LoadedBridge(folder, Kafka.builder())) {
            bridge.startHiveMq(new BridgeXml()
                    .cluster("lost", "no-such-host.invalid:9092", "<delivery-timeout>2s</delivery-timeout>")
                    .cluster("cluster01", bridge.kafka().bootstrapServers(), "<delivery-timeout>2s</delivery-timeout>")
                    .mapping("lost", "lost", "load", "lost")
                    .mapping("missing", "cluster01", "no-such-topic", "missing")
                    .mapping("load", "cluster01", "load", "load/#"));

            // When
            bridge.startClients();
            bridge.load().awaitProgress();

            // Then
            bridge.hivemq().awaitLog("Kafka cluster 'lost' takes no records.*UnknownHostException", LoadedBridge.LIMIT);
            bridge.hivemq()
                    .awaitLog("Kafka cluster 'cluster01' .*no-such-topic.*UnknownTopicOrPartition", LoadedBridge.LIMIT);
            bridge.verify();
            assertThat(bridge.load().stayedConnected()).isTrue();
        }
    }
}
