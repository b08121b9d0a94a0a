package io.kafkabridge.extension.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SubmissionTest {

    private final KafkaSender sender = new KafkaSender(new HeldProducer(), Runnable::run, () -> {}, new FakeClock());

    @Test
    void sizeOf_countsKeyValueAndHeaders_andStandsNulls() {
        // Given
        final ProducerRecord<byte[], byte[]> empty = new ProducerRecord<>("t", null, null);
        final ProducerRecord<byte[], byte[]> full = new ProducerRecord<>("t", new byte[3], new byte[5]);
        full.headers().add("name", new byte[7]).add("none", null);

        // When, Then
        assertThat(Submission.sizeOf(full) - Submission.sizeOf(empty)).isEqualTo(3 + 5 + 4 + 7 + 4);
        assertThat(new NotedSubmission(empty).valueBytes()).isZero();
    }

    @Test
    void record_onceItIsDelivered_isntKeptInMemory() {
        // Given
        final NotedSubmission submission = new NotedSubmission("t", "a");
        submission.begin(sender, 17);
        submission.end();
        assertThat(submission.submittedNanos()).isEqualTo(17);
        assertThat(submission.record().value()).isEqualTo("a".getBytes(UTF_8));

        // When
        submission.onCompletion(null, null);

        // Then
        assertThatThrownBy(submission::record).hasMessage("the record is in Kafka");
    }

    @Test
    void take_isForOne_andWhatWasntHandedOver_isForNone() {
        // Given
        final NotedSubmission submission = new NotedSubmission("t", "a");
        assertThat(submission.take()).as("never handed over").isFalse();
        assertThat(submission.isSettled()).isTrue();
        submission.begin(sender, 0);
        assertThat(submission.isUnderWay()).isTrue();
        assertThat(submission.isSettled()).isFalse();

        // When, Then
        assertThat(submission.take()).isTrue();
        assertThat(submission.take()).isFalse();
        assertThat(submission.undo()).isFalse();
        assertThat(submission.isSettled()).isTrue();
    }

    @Test
    void callback_thatComesTwice_countsOnce() {
        // Given
        final NotedSubmission submission = new NotedSubmission("t", "a");
        submission.begin(sender, 0);
        submission.end();

        // When
        submission.onCompletion(null, new RecordTooLargeException("1"));
        submission.onCompletion(null, new RecordTooLargeException("2"));
        submission.onCompletion(null, null);

        // Then
        assertThat(submission.calls).containsExactly("refused: 1");
    }
}
