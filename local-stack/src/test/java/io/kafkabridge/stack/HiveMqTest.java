package io.kafkabridge.stack;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HiveMqTest {

    @TempDir
    private Path folder;

    @Test
    void broker_pausedKilledAndStartedAgain_answersOnTheSamePorts() throws Exception {
        Certificates certificates = Certificates.in(folder.resolve("certificates"));
        try (HiveMq hivemq = HiveMq.builder()
                .folder(folder.resolve("hivemq"))
                .allowAllClients()
                .tls(certificates)
                .start()) {
            // Given
            connect("tcp://127.0.0.1:" + hivemq.mqttPort(), certificates);
            connect("ssl://localhost:" + hivemq.tlsPort(), certificates);

            // When
            hivemq.pause();
            assertThatThrownBy(() -> connect("tcp://127.0.0.1:" + hivemq.mqttPort(), certificates))
                    .isInstanceOf(MqttException.class);
            hivemq.kill();
            assertThat(hivemq.isRunning()).isFalse();
            hivemq.start();

            // Then
            connect("tcp://127.0.0.1:" + hivemq.mqttPort(), certificates);
            hivemq.awaitLog("Extension \"Allow all clients\" version 1 started", Duration.ofSeconds(1));
            assertThat(hivemq.log()).doesNotContain("Shutdown completed.");

            // When
            hivemq.stop();

            // Then
            assertThat(hivemq.log()).contains("Shutdown completed.");
        }
    }

    @Test
    void start_onATakenPort_failsWithTheBrokersOwnWords() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Given
            HiveMqBuilder builder = HiveMq.builder().folder(folder).mqttPort(taken.getLocalPort());

            // When, then
            assertThatThrownBy(builder::start)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("HiveMQ couldn't open a listener. The end of " + folder)
                    .hasMessageContaining(
                            "Could not start TCP Listener on port %s and address 127.0.0.1. Is it already in use?",
                            taken.getLocalPort());
        }
    }

    private static void connect(String uri, Certificates certificates) throws Exception {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setConnectionTimeout(1);
        if (uri.startsWith("ssl:")) {
            Properties tls = new Properties();
            tls.setProperty("com.ibm.ssl.trustStore", certificates.trustStore().toString());
            tls.setProperty("com.ibm.ssl.trustStorePassword", certificates.password());
            tls.setProperty("com.ibm.ssl.trustStoreType", "PKCS12");
            options.setSSLProperties(tls);
        }
        MqttClient client = new MqttClient(uri, "client", new MemoryPersistence());
        client.setTimeToWait(3000);
        try {
            client.connect(options);
            client.disconnect();
        } finally {
            client.close();
        }
    }
}
