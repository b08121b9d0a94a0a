package io.kafkabridge.stack;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaTest {

    @TempDir
    private Path folder;

    @Test
    void oneNode_killedAndStartedAgain_hasItsRecordsOnTheSamePort() throws Exception {
        try (Kafka kafka = Kafka.builder().folder(folder).start()) {
            // Given
            KafkaClients clients = new KafkaClients(kafka);
            clients.send("survivor", "written before the kill");
            String before = kafka.bootstrapServers();

            // When
            kafka.kill();
            assertThat(kafka.node(1).isRunning()).isFalse();
            kafka.start();

            // Then
            assertThat(kafka.bootstrapServers()).isEqualTo(before);
            assertThat(clients.read("survivor", 1)).containsExactly("written before the kill");
        }
    }
}
