package io.kafkabridge.extension.delivery.rejected;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.kafka.NotedSubmission;

import static org.assertj.core.api.Assertions.assertThat;

class RejectionsTest implements Rejections.Store {

    private final RecordTooLargeException tooLarge = new RecordTooLargeException("1 MB at most");

    private final List<String> kept = new ArrayList<>();
    private final List<Integer> batches = new ArrayList<>();
    private final DeadLetters letters = new DeadLetters(Optional.of("dead"));
    private final Rejections rejections = new Rejections("c1", this, letters);
    private @Nullable IOException refusal;
    private @Nullable Error error;

    @Override
    public void keep(final List<RejectedRecord> records) throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (error != null) {
            throw error;
        }
        batches.add(records.size());
        records.forEach(record -> kept.add(record.reason()));
    }

    @Override
    public Path path() {
        return Path.of("rejected");
    }

    private NotedSubmission add(final boolean isKept, final Exception reason) {
        final NotedSubmission record = new NotedSubmission("t", "v");
        record.kept = isKept;
        rejections.add(record, reason);
        return record;
    }

    @Test
    void keep_isWhatAcknowledges_andMakesACopy() {
        // Given
        final NotedSubmission record = add(false, tooLarge);
        final NotedSubmission unfit = add(true, new IllegalArgumentException("no topic"));
        assertThat(record.calls).isEmpty();

        // When
        rejections.keep();

        // Then
        assertThat(record.calls).containsExactly("rejected: 1 MB at most");
        assertThat(unfit.calls).containsExactly("rejected: no topic");
        assertThat(kept).containsExactly("RecordTooLargeException: 1 MB at most", "no topic");
        assertThat(rejections.isEmpty()).isTrue();
        assertThat(letters.isEmpty()).isFalse();
    }

    @Test
    void keep_ofMany_sharesAFewWrites() {
        // Given
        for (int i = 0; i < 250; i++) {
            add(false, tooLarge);
        }

        // When
        rejections.keep();

        // Then
        assertThat(batches).containsExactly(100, 100, 50);
    }

    @Test
    void whatCantBeKept_fails_unlessNobodySendsItAgain() {
        // Given
        refusal = new IOException("the disk is full");
        final NotedSubmission fails = add(false, tooLarge);
        final NotedSubmission stays = add(true, tooLarge);

        // When
        rejections.keep();

        // Then
        assertThat(fails.calls).containsExactly("failed: 1 MB at most");
        assertThat(stays.calls).isEmpty();
        assertThat(letters.isEmpty()).isTrue();

        // When
        refusal = null;
        rejections.keep();

        // Then
        assertThat(stays.calls).containsExactly("rejected: 1 MB at most");
    }

    @Test
    void store_thatThrowsAnError_losesNoRecord() {
        // Given
        error = new OutOfMemoryError("not really");
        final NotedSubmission fails = add(false, tooLarge);
        final NotedSubmission stays = add(true, tooLarge);

        // When
        rejections.keep();

        // Then
        assertThat(fails.calls).containsExactly("failed: 1 MB at most");
        error = null;
        rejections.keep();
        assertThat(stays.calls).containsExactly("rejected: 1 MB at most");
    }

    @Test
    void takeOver_movesWhatIsLeft_andFailAllEndsIt() {
        // Given
        final NotedSubmission record = add(false, tooLarge);
        final Rejections next = new Rejections("c1", this, letters);

        // When
        next.takeOver(rejections);

        // Then
        assertThat(rejections.isEmpty()).isTrue();
        assertThat(next.size()).isEqualTo(1);
        next.failAll();
        assertThat(record.calls).containsExactly("failed: 1 MB at most");
        assertThat(next.isEmpty()).isTrue();
    }
}
