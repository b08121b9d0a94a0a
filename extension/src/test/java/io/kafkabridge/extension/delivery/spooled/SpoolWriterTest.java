package io.kafkabridge.extension.delivery.spooled;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.kafkabridge.extension.kafka.FakeClock;
import io.kafkabridge.spool.Spool;
import io.kafkabridge.spool.SpoolLimits;

import static org.assertj.core.api.Assertions.assertThat;

/** The writer step by step, without its thread. */
class SpoolWriterTest implements SpoolWriter.Source<SpoolWriterTest.SpooledText> {

    /** A record that notes what becomes of it. */
    static final class SpooledText implements Spoolable {

        final List<String> calls = new ArrayList<>();
        final int bytes;
        boolean wanted = true;
        boolean kept;
        boolean broken;

        SpooledText(final int bytes) {
            this.bytes = bytes;
        }

        @Override
        public Spool.Entry toEntry() {
            if (broken) {
                throw new StackOverflowError();
            }
            return new Spool.Entry("m1", new ProducerRecord<>("t", new byte[bytes]));
        }

        @Override
        public long size() {
            return bytes;
        }

        @Override
        public boolean isWanted() {
            return wanted;
        }

        @Override
        public boolean isKept() {
            return kept;
        }

        @Override
        public void spooled() {
            calls.add("spooled");
        }

        @Override
        public void fail(final Exception cause) {
            calls.add("failed: " + cause.getMessage());
        }
    }

    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private final List<SpooledText> arrived = new ArrayList<>();
    private final AtomicInteger commits = new AtomicInteger();
    private boolean writtenAll;
    private boolean stopped;
    private Spool spool;
    private SpoolWriter<SpooledText> writer;

    @BeforeEach
    void open() throws IOException {
        spool = Spool.open(folder.resolve("spool"), new SpoolLimits(4 * MIB, 0, MIB));
        writer = new SpoolWriter<>(
                "c1", this, spool, new SpoolPace(() -> false), commits::incrementAndGet, new FakeClock());
    }

    @Override
    public void await(final boolean retry) {}

    @Override
    public boolean isOver() {
        return stopped && arrived.isEmpty();
    }

    @Override
    public List<SpooledText> take() {
        final List<SpooledText> taken = List.copyOf(arrived);
        arrived.clear();
        return taken;
    }

    @Override
    public void written(final boolean all) {
        writtenAll = all;
    }

    @Override
    public void putInFront(final List<SpooledText> records) {
        arrived.addAll(0, records);
    }

    @Override
    public void stop() {
        stopped = true;
    }

    private SpooledText arrive(final int bytes) {
        final SpooledText record = new SpooledText(bytes);
        arrived.add(record);
        return record;
    }

    @Test
    void whatCameTogether_sharesACommit_upToAMebibyte() {
        // Given
        final List<SpooledText> records = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            records.add(arrive(MIB / 2));
        }

        // When
        writer.step();

        // Then
        assertThat(commits).hasValue(3);
        assertThat(records).allSatisfy(record -> assertThat(record.calls).containsExactly("spooled"));
        assertThat(spool.end()).isEqualTo(5);
        assertThat(writtenAll).isTrue();
    }

    @Test
    void recordThatNobodyWants_fails_andIsntWritten() {
        // Given
        final SpooledText unwanted = arrive(1);
        unwanted.wanted = false;
        final SpooledText wanted = arrive(1);

        // When
        writer.step();

        // Then
        assertThat(unwanted.calls).containsExactly("failed: an earlier publish failed");
        assertThat(wanted.calls).containsExactly("spooled");
        assertThat(spool.end()).isEqualTo(1);
    }

    @Test
    void fullSpool_failsTheRest_andTriesAgainWhatNobodySendsAgain_inFrontOfWhatComes() throws IOException {
        // Given
        arrive(3 * MIB);
        final SpooledText refused = arrive(2 * MIB);
        final SpooledText kept = arrive(2 * MIB);
        kept.kept = true;
        final SpooledText behind = arrive(1);

        // When
        writer.step();

        // Then
        assertThat(refused.calls).singleElement().asString().startsWith("failed: ");
        assertThat(behind.calls)
                .as("it may not overtake")
                .singleElement()
                .asString()
                .startsWith("failed: ");
        assertThat(kept.calls).isEmpty();
        assertThat(writtenAll).as("it waits").isFalse();

        // When Kafka has taken what is there
        spool.consumed(spool.end());
        final SpooledText later = arrive(1);
        writer.step();

        // Then
        assertThat(kept.calls).containsExactly("spooled");
        assertThat(later.calls).containsExactly("spooled");
        assertThat(writtenAll).isTrue();
    }

    @Test
    void append_thatThrowsAnError_failsItsRecords_andTheNextStepGoesOn() {
        // Given
        final SpooledText broken = arrive(1);
        broken.broken = true;
        final SpooledText mate = arrive(1);
        final SpooledText kept = arrive(1);
        kept.kept = true;

        // When
        writer.step();

        // Then
        assertThat(broken.calls).singleElement().asString().startsWith("failed: ");
        assertThat(mate.calls).singleElement().asString().startsWith("failed: ");
        assertThat(kept.calls).isEmpty();
        writer.step();
        assertThat(kept.calls).containsExactly("spooled");
    }

    @Test
    void end_givesBackWhatCouldntBeWritten() {
        // Given
        arrive(3 * MIB);
        writer.step();
        final SpooledText kept = arrive(2 * MIB);
        kept.kept = true;
        stop();
        writer.step();
        assertThat(writer.isOver()).isTrue();
        assertThat(writer.hasEnded()).isFalse();

        // When
        writer.end();

        // Then
        assertThat(writer.hasEnded()).isTrue();
        assertThat(arrived).containsExactly(kept);
        assertThat(writtenAll).isTrue();
    }
}
