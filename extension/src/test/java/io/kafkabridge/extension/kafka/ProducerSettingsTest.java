package io.kafkabridge.extension.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Authentication;
import io.kafkabridge.extension.model.Authentication.Login;
import io.kafkabridge.extension.model.Authentication.Mechanism;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.KafkaProperty;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;
import io.kafkabridge.extension.model.Tls;

import static org.assertj.core.api.Assertions.assertThat;

class ProducerSettingsTest {

    private static final Optional<Authentication> LOGIN =
            Optional.of(new Login(Mechanism.PLAIN, "u", new Secret(" s3\"cret\\ ")));

    private static KafkaCluster cluster(final Duration deliveryTimeout, final KafkaProperty... properties) {
        return cluster(Optional.empty(), Optional.empty(), deliveryTimeout, properties);
    }

    static KafkaCluster cluster(
            final Optional<Tls> tls,
            final Optional<Authentication> authentication,
            final Duration deliveryTimeout,
            final KafkaProperty... properties) {
        final Limits limits = new Limits(
                deliveryTimeout,
                Limits.DEFAULT.missingTopicTimeout(),
                Limits.DEFAULT.maxInFlight(),
                Limits.DEFAULT.maxRejected(),
                Limits.DEFAULT.shutdownTimeout());
        return new KafkaCluster(
                "c1",
                "127.0.0.1:9",
                tls,
                authentication,
                limits,
                SpoolSettings.DEFAULT,
                Optional.empty(),
                List.of(properties));
    }

    private static KafkaProperty property(final String name, final String value) {
        return new KafkaProperty(name, value, false);
    }

    @ParameterizedTest
    @CsvSource({
        "1s,  ,     , 1000, 1000, 120000, 10000",
        "3s,  ,     , 3000, 3000, 120000, 10000",
        "1h,  ,     , 3600000, 10000, 120000, 10000",
        "3s,  1500, , 3000, 1500, 120000, 10000",
        "3s,  5, 100, 3000, 100, 120000, 100",
        "1h,  0, 300000, 3600000, 300000, 300000, 300000"
    })
    void timeouts_areSuchThatKafkaTakesThem(
            final String timeout,
            final String linger,
            final String request,
            final int liveDelivery,
            final int liveRequest,
            final int patientDelivery,
            final int patientRequest) {
        // Given
        final KafkaProperty[] properties = Stream.of(
                        property("linger.ms", String.valueOf(linger)),
                        property("request.timeout.ms", String.valueOf(request)))
                .filter(property -> !property.value().equals("null"))
                .toArray(KafkaProperty[]::new);
        final KafkaCluster cluster = cluster(Duration.parse("PT" + timeout), properties);

        // When
        final Map<String, Object> live = ProducerSettings.live(cluster);
        final Map<String, Object> patient = ProducerSettings.patient(cluster);

        // Then
        assertThat(number(live, "delivery.timeout.ms")).isEqualTo(liveDelivery);
        assertThat(number(live, "request.timeout.ms")).isEqualTo(liveRequest);
        assertThat(number(patient, "delivery.timeout.ms")).isEqualTo(patientDelivery);
        assertThat(number(patient, "request.timeout.ms")).isEqualTo(patientRequest);
        List.of(live, patient)
                .forEach(settings -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())
                        .close(Duration.ZERO));
    }

    private static int number(final Map<String, Object> settings, final String name) {
        return Integer.parseInt(String.valueOf(settings.get(name)));
    }

    @Test
    void properties_comeBeforeOurs_forBothProducers() {
        // Given
        final KafkaCluster cluster =
                cluster(Duration.ofSeconds(3), property("batch.size", " 1000 "), property("client.id", "mine"));

        // Then
        for (final Map<String, Object> settings :
                List.of(ProducerSettings.live(cluster), ProducerSettings.patient(cluster))) {
            assertThat(settings).containsEntry("batch.size", "1000").containsEntry("client.id", "mine");
        }
    }

    @Test
    void admin_getsThePropertiesThatItKnows() {
        // Given
        final KafkaCluster cluster = cluster(
                Duration.ofSeconds(3),
                property("batch.size", "1000"),
                property("client.id", "mine"),
                property("request.timeout.ms", "3000"));

        // When
        final Map<String, Object> settings = ProducerSettings.admin(cluster);

        // Then
        assertThat(settings).containsEntry("client.id", "mine").doesNotContainKey("batch.size");
        Admin.create(settings).close(Duration.ZERO);
    }

    @Test
    void passwords_reachKafkaAsPasswords() {
        // When
        final Map<String, Object> settings = ProducerSettings.live(cluster(
                Duration.ofSeconds(3),
                new KafkaProperty("sasl.jaas.config", " Module s3cret; ", true),
                property("sasl.mechanism", "GSSAPI")));

        // Then
        assertThat(settings)
                .containsEntry("sasl.jaas.config", new Password(" Module s3cret; "))
                .containsEntry("security.protocol", "SASL_PLAINTEXT");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void login_isQuotedForJaas() {
        assertThat(SecuritySettings.of(cluster(Optional.empty(), LOGIN, Duration.ofSeconds(3))))
                .containsEntry(
                        "sasl.jaas.config",
                        new Password("org.apache.kafka.common.security.plain.PlainLoginModule required"
                                + " username=\"u\" password=\" s3\\\"cret\\\\ \";"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r\nb", "a\n", "\ta;b'c\"d\\\\n\\", "\u00e9\u20ac\u0001", "\\101"})
    void login_ofAnyPassword_isReadBackByKafka(final String password) {
        // Given
        final Optional<Authentication> login = Optional.of(new Login(Mechanism.PLAIN, "u", new Secret(password)));

        // When
        final Map<String, Object> settings =
                SecuritySettings.of(cluster(Optional.empty(), login, Duration.ofSeconds(3)));

        // Then
        assertThat(JaasContext.loadClientContext(settings).configurationEntries())
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.getOptions().get("password")).isEqualTo(password));
    }

    @ParameterizedTest
    @CsvSource({"false, false, PLAINTEXT", "true, false, SSL", "false, true, SASL_PLAINTEXT", "true, true, SASL_SSL"})
    void protocol_followsFromTlsAndAuthentication(final boolean tls, final boolean login, final String protocol) {
        // Given
        final Tls encrypted = new Tls(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), true);

        // When
        final Map<String, Object> settings = SecuritySettings.of(cluster(
                tls ? Optional.of(encrypted) : Optional.empty(),
                login ? LOGIN : Optional.empty(),
                Duration.ofSeconds(3)));

        // Then
        assertThat(settings).containsEntry("security.protocol", protocol);
    }
}
