package io.kafkabridge.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            assertThat(kafka.log()).doesNotContain("shut down completed");

            // When
            kafka.stop();

            // Then
            assertThat(kafka.log()).contains("shut down completed");
        }
    }

    @Test
    void threeNodes_oneKilledOnePausedInTurn_losesNothingAndBecomesCompleteAgain() throws Exception {
        try (Kafka kafka = Kafka.builder().folder(folder).nodes(3).start()) {
            // Given
            kafka.createTopic("replicated", 1);
            KafkaClients clients = new KafkaClients(kafka);

            // When
            kafka.node(1).kill();
            clients.send("replicated", "while node 1 was dead");
            kafka.start();
            kafka.pause();
            CompletableFuture<Void> sent =
                    CompletableFuture.runAsync(() -> clients.sendUnchecked("replicated", "after"));
            Awaitility.await().during(Duration.ofMillis(500)).until(() -> !sent.isDone());
            kafka.resume();
            sent.join();

            // Then
            assertThat(clients.read("replicated", 2)).containsExactly("while node 1 was dead", "after");
        }
    }

    @Test
    void listenerWithAnAdvertisedPort_isWhatClientsFind() throws Exception {
        // Given
        int port = Ports.free();
        try (TcpProxy proxy = TcpProxy.to(port);
                Kafka kafka = Kafka.builder()
                        .folder(folder)
                        .listener(SecurityProtocol.PLAINTEXT, port, proxy.port())
                        .start()) {
            // When
            new KafkaClients(kafka).send("proxied", "by way of the proxy");

            // Then
            assertThat(kafka.bootstrapServers()).isEqualTo("localhost:" + proxy.port());
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                assertThat(admin.describeCluster().nodes().get()).allMatch(node -> node.port() == proxy.port());
            }
        }
    }

    @Test
    void start_withAWrongProperty_failsWithTheEndOfTheLog() {
        // Given
        KafkaBuilder builder = Kafka.builder().folder(folder).property("num.partitions", "many");

        // When, then
        assertThatThrownBy(builder::start)
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("Kafka node 1 failed. The end of " + folder.resolve("node-1/format.log"))
                .hasMessageContaining("Invalid value many for configuration num.partitions");
    }

    @Test
    void start_withTlsButNoCertificates_saysWhatIsMissing() {
        // Given
        KafkaBuilder builder = Kafka.builder().folder(folder).listener(SecurityProtocol.SASL_SSL);

        // When, then
        assertThatThrownBy(builder::start).hasMessage("The listener SASL_SSL needs certificates(...).");
    }
}
