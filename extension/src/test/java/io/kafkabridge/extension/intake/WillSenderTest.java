package io.kafkabridge.extension.intake;

import org.junit.jupiter.api.Test;

import io.kafkabridge.extension.delivery.Acknowledgement;
import io.kafkabridge.extension.delivery.Persistence;
import io.kafkabridge.extension.routing.Matches;

import static org.assertj.core.api.Assertions.assertThat;

class WillSenderTest {

    @Test
    void willsBeyondTheLimit_areDroppedRatherThanKeptWithoutEnd() {
        // Given
        final WillSender sender =
                new WillSender(topic -> new Matches<>(), () -> null, new Rescue(new FakeTimer(), new FailureLog()));
        assertThat(sender.persistence()).isEqualTo(Persistence.UNTIL_SAFE);

        // When
        final Acknowledgement large = sender.start(2, 8 << 20);

        // Then
        assertThat(sender.persistence()).isEqualTo(Persistence.BEST_EFFORT);

        // And when one of its two records has arrived
        large.safe();
        assertThat(sender.persistence()).isEqualTo(Persistence.UNTIL_SAFE);
    }
}
