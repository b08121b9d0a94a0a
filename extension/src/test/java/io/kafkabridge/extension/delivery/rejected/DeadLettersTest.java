package io.kafkabridge.extension.delivery.rejected;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.kafka.FakeClock;
import io.kafkabridge.extension.kafka.HeldProducer;
import io.kafkabridge.extension.kafka.KafkaSender;
import io.kafkabridge.extension.kafka.Submission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DeadLettersTest {

    private static final int KIB = 1 << 10;

    private final DeadLetters letters = new DeadLetters(Optional.of("dead"));
    private final HeldProducer producer = new HeldProducer();
    private final KafkaSender sender = sender(producer);

    private static KafkaSender sender(final HeldProducer producer) {
        return new KafkaSender(producer, Runnable::run, () -> {}, new FakeClock());
    }

    private void add(final String value, final int size) {
        final ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("t", 3, 17L, "key".getBytes(UTF_8), (value + " ".repeat(size)).getBytes(UTF_8));
        record.headers().add("mqtt.topic", "a/b".getBytes(UTF_8));
        letters.add(new RejectedRecord(Instant.EPOCH, "too large", record));
    }

    @Test
    void copy_hasAllOfTheRecord_andSaysWhereItWasToGoAndWhy() {
        // Given
        add("v", 0);

        // When
        letters.send(sender);

        // Then
        assertThat(letters.isEmpty()).isTrue();
        final ProducerRecord<byte[], byte[]> copy = ((Submission) producer.callbacks.get(0)).record();
        assertThat(copy.topic()).isEqualTo("dead");
        assertThat(copy.partition()).isNull();
        assertThat(copy.timestamp()).isEqualTo(17);
        assertThat(copy.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(StreamSupport.stream(copy.headers().spliterator(), false)
                        .map(header -> header.key() + "=" + new String(header.value(), UTF_8)))
                .containsExactly("mqtt.topic=a/b", "kafka-bridge.topic=t", "kafka-bridge.reason=too large");
    }

    @Test
    void withoutATopic_nothingIsKept() {
        // Given
        final DeadLetters none = new DeadLetters(Optional.empty());

        // When
        none.add(new RejectedRecord(Instant.EPOCH, "", new ProducerRecord<>("t", new byte[1])));

        // Then
        assertThat(none.isEmpty()).isTrue();
    }

    @Test
    void copiesThatCantBeSent_areBoundedByBytes_andTheOldestGoFirst() {
        // Given 10 MiB of copies, of any number
        for (int i = 0; i < 100; i++) {
            add(i + ";", 100 * KIB);
        }

        // When
        letters.send(sender);

        // Then
        assertThat(producer.values).hasSizeBetween(30, 41);
        assertThat(producer.values.get(producer.values.size() - 1)).startsWith("99;");
        assertThat(producer.values.get(0)).startsWith(100 - producer.values.size() + ";");
    }

    @Test
    void copyThatIsLargerThanTheBound_isGivenUp() {
        // When
        add("huge", 5 * KIB * KIB);

        // Then
        assertThat(letters.isEmpty()).isTrue();
        add("small", 1);
        assertThat(letters.isEmpty()).isFalse();
    }

    @Test
    void copyThatComesBack_goesToTheNextProducer() {
        // Given
        add("v", 0);
        letters.send(sender);
        producer.refuse(0, new KafkaException("aborted"));

        // When
        final List<Submission> back = sender.recall();
        back.forEach(each -> each.fail(new TimeoutException("the producer was replaced")));

        // Then
        assertThat(back).hasSize(1);
        assertThat(letters.isEmpty()).isFalse();
        final HeldProducer next = new HeldProducer();
        letters.send(sender(next));
        assertThat(next.values).containsExactly("v");
        next.acknowledge(0);
        assertThat(letters.isEmpty()).isTrue();
    }

    @Test
    void copiesThatComeBack_again_areBounded() {
        for (int i = 0; i < 100; i++) {
            add(i + ";", 100 * KIB);
            final HeldProducer each = new HeldProducer();
            final KafkaSender sending = sender(each);
            letters.send(sending);
            sending.recall().forEach(copy -> copy.fail(new TimeoutException("the producer was replaced")));
        }

        // When
        letters.send(sender);

        // Then
        assertThat(producer.values).hasSizeBetween(30, 41);
    }

    @Test
    void copyThatIsRefusedForNow_waits_andForGood_isGivenUp() {
        // Given
        add("1", 0);
        add("2", 0);
        producer.onSend = callback -> callback.onCompletion(null, new TimeoutException("no metadata"));
        letters.send(sender);
        assertThat(letters.isEmpty()).isFalse();

        // When
        producer.onSend = callback -> {
            producer.onSend = null;
            throw new RecordTooLargeException("1 MB at most");
        };
        letters.send(sender);

        // Then
        assertThat(producer.values).containsExactly("2");
        assertThat(letters.isEmpty()).isTrue();
    }
}
