package io.kafkabridge.benchmark.ledger;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.kafkabridge.benchmark.load.LoadResult;
import io.kafkabridge.benchmark.load.LoadResult.Unacknowledged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LedgerTest {

    private static Ledger ledger(List<Long> published, Unacknowledged... unacknowledged) {
        return new Ledger(new LoadResult(List.of(), List.of(), 0, published, List.of(unacknowledged), 0));
    }

    @Test
    void check_withEveryMessageInOrder_findsNothing() {
        // Given
        Ledger ledger = ledger(List.of(2L, 1L));

        // When
        ledger.record(0, 0);
        ledger.record(1, 0);
        ledger.record(0, 1);

        // Then
        assertThat(ledger.check()).isEqualTo(new LedgerCheck(0, 0, 0));
        assertThat(ledger.isComplete()).isTrue();
    }

    @Test
    void check_withMissingRecords_countsThemAsLost() {
        // Given
        Ledger ledger = ledger(List.of(3L, 2L));

        // When
        ledger.record(0, 1);

        // Then
        assertThat(ledger.check()).isEqualTo(new LedgerCheck(4, 0, 0));
        assertThat(ledger.isComplete()).isFalse();
    }

    @Test
    void check_withUnacknowledgedMessages_doesNotMissThem() {
        // Given
        Ledger ledger = ledger(List.of(3L), new Unacknowledged(0, 1), new Unacknowledged(0, 2));

        // When
        ledger.record(0, 0);
        ledger.record(0, 2);

        // Then
        assertThat(ledger.check()).isEqualTo(new LedgerCheck(0, 0, 0));
    }

    @Test
    void check_withRepeats_countsDuplicatesButNotAsDisorder() {
        // Given
        Ledger ledger = ledger(List.of(2L), new Unacknowledged(0, 1));

        // When
        for (long number : new long[] {0, 1, 0, 1, 1}) {
            ledger.record(0, number);
        }

        // Then
        assertThat(ledger.check()).isEqualTo(new LedgerCheck(0, 3, 0));
    }

    @Test
    void check_withSwappedFirstAppearances_countsDisorder() {
        // Given
        Ledger ledger = ledger(List.of(4L));

        // When
        for (long number : new long[] {0, 3, 1, 2}) {
            ledger.record(0, number);
        }

        // Then
        assertThat(ledger.check()).isEqualTo(new LedgerCheck(0, 0, 2));
    }

    @Test
    void record_withMessageNobodyPublished_throws() {
        // Given
        Ledger ledger = ledger(List.of(1L));

        // When / Then
        assertThatThrownBy(() -> ledger.record(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Kafka has message 1 of client 0, which was never published");
    }
}
