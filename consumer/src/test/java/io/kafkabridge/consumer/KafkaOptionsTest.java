package io.kafkabridge.consumer;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KafkaOptionsTest {
    static KafkaOptions parsed(String... args) {
        KafkaOptions options = new KafkaOptions();
        new CommandLine(options).registerConverter(Secret.class, Secret::new).parseArgs(args);
        return options;
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "--group=g,                                  PLAINTEXT",
        "--api-key=k,                                SASL_SSL",
        "--ca-file=ca.pem,                           SSL",
        "--api-key=k --ca-file=ca.pem,               SASL_SSL",
        "--api-key=k --security-protocol=SASL_PLAINTEXT, SASL_PLAINTEXT",
        "--security-protocol=SSL,                    SSL",
    })
    void whatIsSetDecidesTheProtocol(String args, String protocol) {
        // When
        KafkaOptions options = parsed(("--bootstrap-servers=kafka:9092 " + args).split(" "));

        // Then
        assertThat(options.protocol()).hasToString(protocol);
    }

    @Test
    void aCloudNeedsFourSettings() {
        // When
        Map<String, Object> config = parsed(
                        "--bootstrap-servers=cloud:9092", "--group=lkc-1", "--api-key=key", "--api-secret=s\"ecret")
                .consumerConfig();

        // Then
        assertThat(config)
                .containsEntry("bootstrap.servers", "cloud:9092")
                .containsEntry("group.id", "lkc-1")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.mechanism", "PLAIN")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"key\""
                                + " password=\"s\\\"ecret\";")
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("allow.auto.create.topics", false)
                .doesNotContainKey("ssl.truststore.location");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--api-key=k | SASL_SSL needs both API_KEY and API_SECRET; API_SECRET is not set",
                "--security-protocol=SASL_SSL | SASL_SSL needs both API_KEY and API_SECRET; API_KEY is not set",
                "--api-key=k --api-secret=s --sasl-mechanism=GSSAPI | 'GSSAPI' is no SASL mechanism known here; use PLAIN,"
                        + " SCRAM-SHA-256, SCRAM-SHA-512 in --sasl-mechanism",
                "--ca-file=/nowhere/ca.pem | Cannot read the CA file /nowhere/ca.pem: no such file, or no access",
            })
    void refusesWhatDoesNotGoTogether(String args, String line) {
        // Given
        KafkaOptions options = parsed(("--bootstrap-servers=kafka:9092 " + args).split(" "));

        // When, Then
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(options::consumerConfig)
                .withMessage(line);
    }
}
