package io.kafkabridge.consumer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.kafkabridge.common.CommandFailure;
import io.kafkabridge.common.Console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TopicReaderTest {
    private static final TopicPartition PARTITION = new TopicPartition("teste", 0);
    private static final RecordFormat PLAIN = new TextFormat(false, false, false);

    final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeEach
    void createTopic() {
        Node node = Node.noNode();
        kafka.updatePartitions("teste", List.of(new PartitionInfo("teste", 0, node, new Node[0], new Node[0])));
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @Test
    void commitsWhatItPrinted() {
        // Given
        assign(3);

        // When
        boolean written = reader(3, false, out).run();

        // Then
        assertThat(written).isTrue();
        assertThat(out.toString().lines())
                .containsExactly("Received message: 0", "Received message: 1", "Received message: 2");
        assertThat(committed()).isEqualTo(3);
    }

    @Test
    void commitsNoMoreThanTheCount() {
        // Given
        assign(3);

        // When
        reader(2, false, out).run();

        // Then
        assertThat(out.toString().lines()).hasSize(2);
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void commitsNothingThatCouldNotBePrinted() {
        // Given
        assign(3);

        // When
        boolean written = reader(3, false, new ClosedPipe()).run();

        // Then
        assertThat(written).isFalse();
        assertThat(kafka.committed(Set.of(PARTITION))).doesNotContainKey(PARTITION);
    }

    @Test
    void readsFromTheBeginningWhateverTheGroupHasRead() {
        // Given
        kafka.schedulePollTask(() -> {
            kafka.rebalance(List.of(PARTITION));
            kafka.commitSync(Map.of(PARTITION, new OffsetAndMetadata(2)));
            add(3);
        });

        // When
        reader(3, true, out).run();

        // Then
        assertThat(out.toString().lines()).hasSize(3);
    }

    @Test
    void stopsAtTheEndThatTheTopicHadAtTheStart() {
        // Given: two records at the start, three when it reads
        kafka.updateEndOffsets(Map.of(PARTITION, 2L));
        assign(3);

        // When
        boolean written = reader(untilEnd(Set.of()), out).run();

        // Then
        assertThat(written).isTrue();
        assertThat(out.toString().lines()).containsExactly("Received message: 0", "Received message: 1");
        assertThat(committed()).isEqualTo(2);
    }

    @Test
    void aMemberWithoutPartitionsDoesNotWaitForTheEnd() {
        // Given
        kafka.updateEndOffsets(Map.of(PARTITION, 2L));
        kafka.schedulePollTask(() -> kafka.rebalance(List.of()));

        // When
        reader(untilEnd(Set.of()), out).run();

        // Then
        assertThat(err.toString()).startsWith("Other members of group teste-consumer have all partitions");
    }

    @Test
    void aPartitionThatDoesNotExistIsAWrongSetting() {
        // Given
        TopicReader reader = reader(untilEnd(Set.of(7)), out);

        // When, Then
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(reader::run)
                .withMessage("Topic 'teste' has no partition 7, but 0 to 0; check --partition")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(2));
    }

    @Test
    void commitsWhatAFilterLeavesOut() {
        // Given
        kafka.updateEndOffsets(Map.of(PARTITION, 3L));
        assign(3);
        Predicate<ConsumerRecord<byte[], byte[]>> second = message -> message.offset() == 1;

        // When
        reader(new Reading(List.of("teste"), Set.of(), 9, null, true, second, PLAIN), out)
                .run();

        // Then
        assertThat(out).hasToString("Received message: 1\n");
        assertThat(committed()).isEqualTo(3);
    }

    @Test
    void stopsWhenAsked() {
        // Given
        TopicReader reader = reader(10, false, out);
        kafka.schedulePollTask(() -> {
            kafka.rebalance(List.of(PARTITION));
            add(1);
        });
        kafka.schedulePollTask(reader::stop);

        // When
        boolean written = reader.run();

        // Then
        assertThat(written).isTrue();
        assertThat(committed()).isEqualTo(1);
    }

    @Test
    void saysThatATopicDoesNotExist() {
        // Given
        kafka.updatePartitions("teste", List.of());
        TopicReader reader = reader(1, false, out);

        // When, Then
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(reader::run)
                .withMessage("Topic 'teste' does not exist on kafka:9092; create it, or choose another with --topic");
    }

    private void assign(int records) {
        kafka.schedulePollTask(() -> {
            kafka.rebalance(List.of(PARTITION));
            add(records);
        });
    }

    private void add(int records) {
        for (int offset = 0; offset < records; offset++) {
            kafka.addRecord(new ConsumerRecord<>("teste", 0, offset, null, ("" + offset).getBytes(UTF_8)));
        }
    }

    private long committed() {
        return Objects.requireNonNull(kafka.committed(Set.of(PARTITION)).get(PARTITION))
                .offset();
    }

    private static Reading untilEnd(Set<Integer> partitions) {
        return new Reading(List.of("teste"), partitions, Long.MAX_VALUE, null, true, message -> true, PLAIN);
    }

    private TopicReader reader(long count, boolean fromBeginning, Writer output) {
        StartPosition from = fromBeginning ? StartPosition.beginning() : null;
        return reader(new Reading(List.of("teste"), Set.of(), count, from, false, message -> true, PLAIN), output);
    }

    private TopicReader reader(Reading reading, Writer output) {
        return new TopicReader(kafka, reading, console(output), options());
    }

    private Console console(Writer output) {
        return new Console(new PrintWriter(output), new PrintWriter(err), false);
    }

    private static KafkaOptions options() {
        return KafkaOptionsTest.parsed("--bootstrap-servers=kafka:9092");
    }

    /** What {@code consumer | head -1} leaves behind. */
    private static final class ClosedPipe extends Writer {
        @Override
        public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
