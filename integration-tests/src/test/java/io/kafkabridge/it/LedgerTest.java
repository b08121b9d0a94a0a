package io.kafkabridge.it;

import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The judge of the fault tests finds what it should. */
class LedgerTest {

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void acknowledge() {
        for (final int sequence : new int[] {1, 2, 3}) {
            ledger.acknowledged("a", sequence);
        }
        ledger.acknowledged("b", 1);
    }

    @Test
    void everythingInOrder_withRepeatsAndUnacknowledged_isRight() {
        // Given
        final Appearances appearances = inKafka("a:1", "b:1", "a:2", "a:1", "a:2", "a:3", "a:4", "b:1");

        // When
        ledger.verify(appearances);

        // Then
        assertThat(ledger.size()).isEqualTo(4);
        assertThat(appearances).hasToString("8 records, 3 of them repeats");
    }

    @Test
    void acknowledgedMessageThatIsMissing_isFound() {
        assertThatThrownBy(() -> ledger.verify(inKafka("a:1", "a:3", "b:1")))
                .hasMessageContaining("acknowledged messages of a that aren't in Kafka, 1 of 3")
                .hasMessageContaining("[2]");
    }

    @Test
    void sourceThatIsMissing_isFound() {
        assertThatThrownBy(() -> ledger.verify(inKafka("a:1", "a:2", "a:3")))
                .hasMessageContaining("acknowledged messages of b that aren't in Kafka, 1 of 1");
    }

    @Test
    void firstAppearanceBehindALaterMessage_isFound_alsoWithQos0() {
        // Given
        ledger.unacknowledged("q");

        // When, then
        assertThatThrownBy(() -> ledger.verify(inKafka("a:1", "a:3", "a:2", "b:1", "q:5", "q:4")))
                .hasMessageContaining("\"a:2 behind 3\", \"q:4 behind 5\"");
    }

    @Test
    void sourceOfQos0WithNothingInKafka_isFound() {
        // Given
        ledger.unacknowledged("q");

        // When, then
        assertThatThrownBy(() -> ledger.verify(inKafka("a:1", "a:2", "a:3", "b:1")))
                .hasMessageContaining("sources of QoS 0 with something in Kafka");
    }

    @Test
    void nothingAcknowledged_isNoProof() {
        assertThatThrownBy(() -> new Ledger().verify(inKafka("a:1")))
                .hasMessageContaining("sources with acknowledgements");
    }

    private static Appearances inKafka(final String... messages) {
        return Appearances.of(Stream.of(messages)
                .map(message -> message.split(":", 2))
                .map(parts -> Appearances.message(parts[0], Integer.parseInt(parts[1]), 20))
                .toList());
    }
}
