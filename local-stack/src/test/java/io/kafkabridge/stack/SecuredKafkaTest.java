package io.kafkabridge.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecuredKafkaTest {

    private static final String PASSWORD = "pass \"word\" \\ 1";

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static Kafka kafka;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.in(folder.resolve("certificates"));
        kafka = Kafka.builder()
                .folder(folder.resolve("kafka"))
                .listener(SecurityProtocol.SASL_SSL)
                .listener(SecurityProtocol.SASL_PLAINTEXT)
                .listener(SecurityProtocol.SSL)
                .listener(SecurityProtocol.PLAINTEXT)
                .certificates(certificates)
                .user("alice", PASSWORD)
                .denyByDefault()
                .start();
        kafka.createTopic("open", 1);
        kafka.createTopic("closed", 1);
        try (Admin admin = kafka.admin()) {
            var open = new ResourcePattern(ResourceType.TOPIC, "open", PatternType.LITERAL);
            var everybody = new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW);
            admin.createAcls(List.of(new AclBinding(open, everybody))).all().get();
        }
    }

    @AfterAll
    static void close() {
        kafka.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PLAINTEXT,      ''",
        "SSL,            ''",
        "SASL_PLAINTEXT, PLAIN",
        "SASL_PLAINTEXT, SCRAM-SHA-256",
        "SASL_PLAINTEXT, SCRAM-SHA-512",
        "SASL_SSL,       PLAIN",
        "SASL_SSL,       SCRAM-SHA-256",
        "SASL_SSL,       SCRAM-SHA-512"
    })
    void listener_letsClientsIn(SecurityProtocol protocol, String mechanism) throws Exception {
        // Given
        KafkaClients clients = new KafkaClients(client(protocol, mechanism, PASSWORD));

        // When
        clients.send("open", protocol + mechanism);

        // Then
        assertThat(clients.read("open", 1)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PLAIN", "SCRAM-SHA-512"})
    void listener_refusesAWrongPassword(String mechanism) {
        // Given
        KafkaClients clients = new KafkaClients(client(SecurityProtocol.SASL_SSL, mechanism, "wrong"));

        // When, then
        assertThatThrownBy(() -> clients.send("open", "never")).hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void denyByDefault_refusesATopicWithoutAcl() {
        // Given
        KafkaClients clients = new KafkaClients(client(SecurityProtocol.SASL_SSL, "PLAIN", PASSWORD));

        // When, then
        assertThatThrownBy(() -> clients.send("closed", "never")).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    private static Map<String, Object> client(SecurityProtocol protocol, String mechanism, String password) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", kafka.bootstrapServers(protocol));
        client.put("security.protocol", protocol.name);
        client.put("ssl.truststore.type", "PEM");
        client.put("ssl.truststore.location", certificates.ca().toString());
        if (!mechanism.isEmpty()) {
            String login = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
            client.put("sasl.mechanism", mechanism);
            client.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security." + login + " required username=\"alice\" password=\""
                            + password.replace("\\", "\\\\").replace("\"", "\\\"") + "\";");
        }
        return client;
    }
}
