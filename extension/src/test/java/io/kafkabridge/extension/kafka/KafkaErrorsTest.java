package io.kafkabridge.extension.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.kafkabridge.extension.kafka.KafkaErrors.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaErrorsTest {

    private static Map<String, String> table() throws IOException {
        final Map<String, String> table = new LinkedHashMap<>();
        try (InputStream file = Objects.requireNonNull(KafkaErrorsTest.class.getResourceAsStream("kafka-errors.txt"))) {
            new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +", 3))
                    .forEach(columns -> table.put(columns[1], columns[0]));
        }
        return table;
    }

    @Test
    void everyErrorCodeOfKafka_hasItsKind_asTheTableSays() throws IOException {
        // Given
        final Map<String, String> expected = table();

        // When
        final Map<String, String> actual = new LinkedHashMap<>();
        Arrays.stream(Errors.values())
                .filter(error -> error != Errors.NONE)
                .forEach(error ->
                        actual.put(error.name(), KafkaErrors.kind(error).name()));

        // Then
        assertThat(actual.keySet())
                .as("Kafka's error codes. A new one needs a decision: may a produce, metadata, init-producer-id or"
                        + " find-coordinator response carry it, and what does it say about a record? Then add it to"
                        + " kafka-errors.txt, and to a set in KafkaErrors unless it is an outage.")
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
        assertThat(actual)
                .as("The kind of each error; if it was changed with reason, change kafka-errors.txt as well")
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void kind_ofAnException_isThatOfItsCode(final Errors error) {
        assertThat(KafkaErrors.kind(error.exception("said a broker"))).isEqualTo(KafkaErrors.kind(error));
    }

    @Test
    void kind_ofWhatTheClientItselfThrows() {
        assertThat(KafkaErrors.kind(new KafkaException("its batch mate was bad")))
                .isEqualTo(Kind.NEIGHBOUR);
        assertThat(KafkaErrors.kind(new SerializationException("not bytes"))).isEqualTo(Kind.RECORD);
        assertThat(KafkaErrors.kind(new TimeoutException("late"))).isEqualTo(Kind.CLUSTER);
        assertThat(KafkaErrors.kind(new BufferExhaustedException("full"))).isEqualTo(Kind.CLUSTER);
        assertThat(KafkaErrors.kind(new IllegalStateException("closed"))).isEqualTo(Kind.CLUSTER);
        assertThat(KafkaErrors.kind(new ConfigException("no such setting"))).isEqualTo(Kind.CLUSTER);
        assertThat(KafkaErrors.kind(new UnknownHostException("kafka"))).isEqualTo(Kind.CLUSTER);
    }

    @Test
    void ofTopic_isWhatHidesInATimeout() {
        final Exception missing = new UnknownTopicOrPartitionException("no such topic");
        assertThat(KafkaErrors.ofTopic(new TimeoutException("no metadata", missing)))
                .isSameAs(missing);
        assertThat(KafkaErrors.ofTopic(new TimeoutException("no metadata"))).isNull();
        assertThat(KafkaErrors.ofTopic(new TimeoutException("no metadata", new SaslAuthenticationException("no"))))
                .isNull();
        assertThat(KafkaErrors.ofTopic(new TimeoutException("no metadata", new NoClassDefFoundError())))
                .isNull();
    }

    @Test
    void isNotYet_forAllButWhatIsFinal() {
        assertThat(KafkaErrors.isNotYet(new TimeoutException("no metadata", new InvalidTopicException("a/b"))))
                .isTrue();
        assertThat(KafkaErrors.isNotYet(new IllegalStateException("closed"))).isTrue();
        assertThat(KafkaErrors.isNotYet(new RecordTooLargeException("1 MB"))).isFalse();
    }

    @Test
    void breaksProducer_whenItDoesntTryAgainByItself() {
        assertThat(KafkaErrors.breaksProducer(new IllegalStateException("closed")))
                .isTrue();
        assertThat(KafkaErrors.breaksProducer(new SaslAuthenticationException("wrong password")))
                .isTrue();
        assertThat(KafkaErrors.breaksProducer(new ClusterAuthorizationException("no producer id")))
                .isTrue();
        assertThat(KafkaErrors.breaksProducer(new TimeoutException("no metadata")))
                .isFalse();
        assertThat(KafkaErrors.breaksProducer(new TopicAuthorizationException("t")))
                .isFalse();
    }

    @Test
    void name_isOneOfAFew() {
        assertThat(KafkaErrors.name(new RecordTooLargeException())).isEqualTo("too-large");
        assertThat(KafkaErrors.name(new RecordBatchTooLargeException())).isEqualTo("too-large");
        assertThat(KafkaErrors.name(new UnknownTopicOrPartitionException("t"))).isEqualTo("topic-missing");
        assertThat(KafkaErrors.name(new InvalidTopicException("a/b"))).isEqualTo("topic-illegal");
        assertThat(KafkaErrors.name(new TopicAuthorizationException("t"))).isEqualTo("not-authorized");
        assertThat(KafkaErrors.name(Errors.INVALID_TIMESTAMP.exception("old"))).isEqualTo("refused-by-kafka");
        assertThat(KafkaErrors.name(new IllegalArgumentException("no JSON"))).isEqualTo("unfit-publish");
    }
}
