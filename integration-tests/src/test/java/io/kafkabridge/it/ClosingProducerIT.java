package io.kafkabridge.it;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.BatchFault;
import io.kafkabridge.stack.HiveMq;
import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.KafkaProxy;
import io.kafkabridge.stack.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A producer that is given up while something is under way, or while it hangs itself: order and acknowledgements don't depend on it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosingProducerIT {

    private static final String CONFIG = "extensions/hivemq-kafka-bridge/conf/config.xml";

    /** Longer than it takes until a stop has begun, or a changed file is in force. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private Path folder;
    private Path hosts;
    private KafkaProxy proxy;
    private Kafka kafka;
    private HiveMq hivemq;

    @BeforeAll
    void start(@TempDir final Path temp) throws IOException {
        folder = temp;
        hosts = folder.resolve("hosts");
        answerNames();
        final int port = Ports.free();
        proxy = KafkaProxy.to(port);
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.PLAINTEXT, port, proxy.port())
                .start();
        List.of("reload", "stop", "names").forEach(topic -> kafka.createTopic(topic, 1));
        hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .extension(Artifacts.bridgeZip())
                .file(CONFIG, config(15))
                .jvmOption("-Djdk.net.hosts.file=" + hosts)
                .jvmOption("-Dsun.net.inetaddr.ttl=0")
                .start();
        hivemq.awaitLog("Kafka cluster 'cluster01' takes records", LoadedBridge.LIMIT);
        hivemq.awaitLog("Kafka cluster 'patient' takes records", LoadedBridge.LIMIT);
    }

    private String config(final int shutdownTimeout) {
        return new BridgeXml()
                .cluster(
                        "patient",
                        kafka.bootstrapServers(),
                        "<delivery-timeout>20s</delivery-timeout><shutdown-timeout>%ds</shutdown-timeout>"
                                .formatted(shutdownTimeout))
                .mapping("reload", "patient", "reload", "reload")
                .mapping("stop", "patient", "stop", "stop")
                .cluster("cluster01", kafka.bootstrapServers(), "")
                .mapping("names", "cluster01", "names", "names")
                .toString();
    }

    @AfterEach
    void pass() throws IOException {
        proxy.pass();
        answerNames();
    }

    @AfterAll
    void stop() {
        hivemq.close();
        kafka.close();
        proxy.close();
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The first batch fails a while after it was sent; what comes behind it is in the producer by then. */
    private CountDownLatch failFirstBatchLate(final String topic) {
        final CountDownLatch sent = new CountDownLatch(1);
        final AtomicBoolean first = new AtomicBoolean(true);
        proxy.batches(batch -> {
            if (!batch.topic().equals(topic)) {
                return null;
            }
            sent.countDown();
            return first.getAndSet(false)
                    ? BatchFault.refused(Errors.UNKNOWN_SERVER_ERROR).after(ANSWER)
                    : null;
        });
        return sent;
    }

    private void awaitInKafka(final String topic, final String... values) {
        await().atMost(LoadedBridge.LIMIT).untilAsserted(() -> assertThat(
                        Topics.values(kafka, topic).stream().distinct())
                .containsExactly(values));
    }

    @Test
    void batchThatFailsDuringAReload_isNotOvertaken() throws Exception {
        try (SessionClient client = new SessionClient("reloading", 5, hivemq.mqttPort())) {
            // Given
            final CompletableFuture<?> both = publishTwo(client, "reload");

            // When
            Files.writeString(hivemq.home().resolve(CONFIG), config(16));

            // Then
            both.get(20, TimeUnit.SECONDS);
            awaitInKafka("reload", "1", "2");
            hivemq.awaitLog("Changed cluster: patient", LoadedBridge.LIMIT);
        }
    }

    @Test
    void batchThatFailsDuringAStop_isNotOvertaken() throws Exception {
        try (SessionClient client = new SessionClient("stopping", 5, hivemq.mqttPort())) {
            // Given
            final CompletableFuture<?> both = publishTwo(client, "stop");

            // When
            hivemq.restart();

            // Then
            both.get(20, TimeUnit.SECONDS);
            awaitInKafka("stop", "1", "2");
        }
    }

    /** Publishes two messages, of which the first is under way and the second behind it; both are acknowledged at the end. */
    private CompletableFuture<?> publishTwo(final SessionClient client, final String topic) throws Exception {
        final CountDownLatch sent = failFirstBatchLate(topic);
        final CompletableFuture<?> first = client.publish(topic, 1, bytes("1"));
        assertThat(sent.await(5, TimeUnit.SECONDS)).isTrue();
        return CompletableFuture.allOf(first, client.publish(topic, 1, bytes("2")));
    }

    /** A name service that doesn't answer keeps whoever asks it, for as long as it likes. */
    @Test
    void namesThatNobodyAnswersFor_holdUpNoAcknowledgement() throws Exception {
        try (SessionClient client = new SessionClient("naming", 5, hivemq.mqttPort())) {
            // Given
            client.publish("names", 1, bytes("1")).get(5, TimeUnit.SECONDS);

            // When
            hangNames();
            proxy.reset();

            // Then
            client.publish("names", 1, bytes("2")).get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
            client.publish("names", 1, bytes("3")).get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);
            client.publish("names", 1, bytes("4")).get(LoadedBridge.ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS);

            // When
            answerNames();

            // Then
            awaitInKafka("names", "1", "2", "3", "4");
            assertThat(client.connects()).isEqualTo(1);
        }
    }

    /** Those that hang get an answer, all at the same time: one writer opens the pipe for all its readers. */
    private void answerNames() throws IOException {
        final byte[] names = bytes("127.0.0.1 localhost\n");
        if (Files.exists(hosts)
                && Files.readAttributes(hosts, BasicFileAttributes.class).isOther()) {
            try (OutputStream pipe = Files.newOutputStream(hosts)) {
                replaceHosts(names);
                pipe.write(names);
            }
        } else {
            replaceHosts(names);
        }
    }

    private void replaceHosts(final byte[] names) throws IOException {
        Files.move(Files.write(folder.resolve("hosts.new"), names), hosts, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Who opens a named pipe waits until somebody writes to it. */
    private void hangNames() throws Exception {
        final Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.move(pipe, hosts, StandardCopyOption.ATOMIC_MOVE);
    }
}
