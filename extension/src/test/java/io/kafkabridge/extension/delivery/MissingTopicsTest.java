package io.kafkabridge.extension.delivery;

import java.time.Duration;

import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MissingTopicsTest {

    private final TimeoutException missing =
            new TimeoutException("no metadata", new UnknownTopicOrPartitionException("no such topic"));

    @Test
    void giveUp_beforeTheLimit_waits() {
        final MissingTopics topics = new MissingTopics(Duration.ofHours(1));

        assertThat(topics.giveUp("t", missing)).isNull();
        assertThat(topics.contains("t")).isTrue();
    }

    @Test
    void giveUp_afterTheLimit_tellsTheTopicsError() {
        final MissingTopics topics = new MissingTopics(Duration.ZERO);

        assertThat(topics.giveUp("t", missing)).isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void giveUp_ofATopicThatWasMissing_whileKafkaIsAway_waits() {
        // Given
        final MissingTopics topics = new MissingTopics(Duration.ZERO);
        topics.giveUp("t", missing);

        // When, Then: this refusal says nothing about the topic
        assertThat(topics.giveUp("t", new TimeoutException("no metadata"))).isNull();
    }
}
