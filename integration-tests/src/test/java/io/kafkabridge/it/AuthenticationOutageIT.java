package io.kafkabridge.it;

import java.nio.file.Path;
import java.util.List;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.stack.Kafka;
import io.kafkabridge.stack.Ports;
import io.kafkabridge.stack.TcpProxy;

import static org.assertj.core.api.Assertions.assertThat;

/** A Kafka that refuses the bridge's password for a while is away, nothing worse. */
class AuthenticationOutageIT {

    private static final String PASSWORD = "the right one";

    private TcpProxy network;
    private LoadedBridge bridge;

    @BeforeEach
    void start(@TempDir final Path folder) {
        final int port = Ports.free();
        network = TcpProxy.to(port);
        bridge = new LoadedBridge(
                        folder,
                        Kafka.builder()
                                .listener(SecurityProtocol.SASL_PLAINTEXT, port, network.port())
                                .user("bridge", PASSWORD))
                .startHiveMq("<authentication><scram-sha512><username>bridge</username><password>" + PASSWORD
                        + "</password></scram-sha512></authentication>")
                .startClients();
        bridge.load().awaitProgress();
    }

    @AfterEach
    void stop() {
        bridge.close();
        network.close();
    }

    @Test
    void passwordRefusedForAWhile_losesAndRejectsNothing() throws Exception {
        // When: a connection has to be made anew for the password to matter
        setPassword("another one");
        network.reset();

        // Then
        bridge.load().awaitAnswers(LoadedBridge.ANSWER_LIMIT);
        bridge.load().awaitProgress();
        bridge.hivemq().awaitLog(LoadedBridge.AWAY + ".*SaslAuthenticationException", LoadedBridge.LIMIT);

        // When
        setPassword(PASSWORD);

        // Then
        bridge.hivemq().awaitLog(LoadedBridge.BACK, LoadedBridge.LIMIT);
        bridge.verify();
        assertThat(bridge.load().stayedConnected()).isTrue();
        assertThat(bridge.files("rejected")).isEmpty();
    }

    private void setPassword(final String password) throws Exception {
        try (Admin admin = bridge.kafka().admin()) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "bridge", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                    .all()
                    .get();
        }
    }
}
