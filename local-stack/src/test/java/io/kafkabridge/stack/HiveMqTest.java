package io.kafkabridge.stack;

import java.nio.file.Path;

import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class HiveMqTest {

    @TempDir
    private Path folder;

    @Test
    void broker_killedAndStartedAgain_answersOnTheSamePort() throws Exception {
        try (HiveMq hivemq = HiveMq.builder().folder(folder).allowAllClients().start()) {
            // Given
            connect(hivemq);

            // When
            hivemq.kill();
            assertThat(hivemq.isRunning()).isFalse();
            hivemq.start();

            // Then
            connect(hivemq);
        }
    }

    private static void connect(HiveMq hivemq) throws Exception {
        String uri = "tcp://127.0.0.1:" + hivemq.mqttPort();
        MqttClient client = new MqttClient(uri, "client", new MemoryPersistence());
        client.connect();
        client.disconnect();
        client.close();
    }
}
