package io.kafkabridge.consumer;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.kafkabridge.common.CommandFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class KafkaFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(
                        new KafkaException("x", new ConfigException("No resolvable bootstrap urls given in ...")),
                        "Unknown host in 'kafka:9092'; check BOOTSTRAP_SERVERS"),
                arguments(
                        new ConfigException("Invalid url in bootstrap.servers: kafka"),
                        "Wrong Kafka setting: Invalid url in bootstrap.servers: kafka"),
                arguments(
                        new SaslAuthenticationException("Authentication failed"),
                        "Cannot log in to kafka:9092: Authentication failed; check API_KEY and API_SECRET"),
                arguments(
                        new UnsupportedSaslMechanismException("Not enabled"),
                        "Cannot log in to kafka:9092: Not enabled; check KAFKA_SECURITY_PROTOCOL and"
                                + " KAFKA_SASL_MECHANISM"),
                arguments(
                        tls(new CertPathBuilderException("unable to find valid certification path")),
                        "Cannot connect to kafka:9092: its certificate is not signed by a trusted CA; set KAFKA_CA_FILE"
                                + " to the CA's PEM file"),
                arguments(
                        tls(new CertificateException("No name matching kafka found")),
                        "Cannot connect to kafka:9092: its certificate is not valid here: No name matching kafka found"),
                arguments(
                        new SslAuthenticationException("SSL handshake failed", new SSLHandshakeException("bad_record")),
                        "Cannot connect to kafka:9092: TLS failed, bad_record; check KAFKA_SECURITY_PROTOCOL"),
                arguments(new TopicAuthorizationException(Set.of("teste")), "User key may not read topic teste"),
                arguments(
                        GroupAuthorizationException.forGroupId("g"),
                        "User key may not use group lkc-1; choose another with --group"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isOneLineWithAnAdvice(Exception failure, String line) {
        // Given
        KafkaOptions options =
                KafkaOptionsTest.parsed("--bootstrap-servers=kafka:9092", "--api-key=key", "--group=lkc-1");

        // When
        CommandFailure explained = KafkaFailure.explain(failure, options);

        // Then
        assertThat(explained).hasMessage(line).hasCause(failure);
        assertThat(explained.exitCode()).isEqualTo(1);
    }

    private static Exception tls(Exception reason) {
        SSLHandshakeException handshake = new SSLHandshakeException("handshake failed");
        handshake.initCause(reason);
        return new SslAuthenticationException("SSL handshake failed", handshake);
    }
}
