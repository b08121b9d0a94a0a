package io.kafkabridge.it;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import io.kafkabridge.stack.KafkaNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Where the records of mappings go: Kafka topic, key, partition and timestamp, each record looked at in Kafka. */
class RoutingIT extends RoutingFixture {

    @Test
    void templatedKafkaTopic_isTheOneOfTheSite() {
        // When
        publish("plant/7/temp", "a");
        publish("plant/8/temp", "b");
        publish("plant/7/temp", "c");

        // Then
        assertThat(Topics.values(kafka, "plant-7")).containsExactly("a", "c");
        assertThat(Topics.keys(kafka, "plant-7")).containsExactly("plant/7/temp", "plant/7/temp");
        assertThat(Topics.values(kafka, "plant-8")).containsExactly("b");
    }

    @Test
    void templatedKafkaTopic_thatIsIllegalOrOneTooMany_isKeptAmongTheRejected() throws Exception {
        // When
        publish("tree", "1");
        publish("tree/a/b", "2");
        publish("tree/c", "3");
        publish("tree/a.b", "merged");
        publish("tree/d", "fourth");
        publish("bush/a", "not-allowed");
        publish("plant/a b/temp", "illegal");
        publish("tree/a/b", "4");

        // Then
        assertThat(Topics.values(kafka, "tree")).containsExactly("1");
        assertThat(Topics.values(kafka, "tree.a.b")).containsExactly("2", "4");
        assertThat(Topics.values(kafka, "tree.c")).containsExactly("3");
        assertThat(rejected("merged"))
                .singleElement()
                .asString()
                .contains("two names could become one", "\"topic\":\"tree/a.b\"", "\"key\":\"tree/a.b\"");
        assertThat(rejected("fourth"))
                .singleElement()
                .asString()
                .contains("the Kafka topic \\\"tree.d\\\" would be one more than <max-kafka-topics>, 3");
        assertThat(rejected("not-allowed")).singleElement().asString().contains("isn't among <allowed-kafka-topics>");
        assertThat(rejected("illegal"))
                .singleElement()
                .asString()
                .contains("the Kafka topic comes out as \\\"plant-a b\\\": a Kafka topic has 1 to 249");
    }

    @Test
    void keyNone_isNoKey_andTheTopicIsAHeader() {
        // When
        publish("nokey/a", "x");

        // Then
        assertThat(Topics.read(kafka, "nokey")).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(headers(record)).contains("mqtt.topic=nokey/a");
        });
    }

    @Test
    void partition_isTheOneThatThePublishNames_andOneThatIsNotThereHoldsUpNobody() throws Exception {
        // When
        publish("parts/a", "in 1");
        publish("parts/b", "in 2", property("p", "2"));
        publish("parts/c", "no number", property("p", "two"));
        publish("parts/d", "no such", property("p", "3"));
        publish("parts/e", "no such either", property("p", "999999999"));
        publish("parts/f", "in 0", property("p", "0"));

        // Then
        assertThat(Topics.read(kafka, "parts"))
                .extracting(
                        ConsumerRecord::partition,
                        record -> new String(record.key(), StandardCharsets.UTF_8),
                        record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(
                        tuple(1, "sensor-1/a", "in 1"), tuple(2, "sensor-1/b", "in 2"), tuple(0, "sensor-1/f", "in 0"));
        assertThat(rejected("no number"))
                .singleElement()
                .asString()
                .contains("the partition comes out as \\\"two\\\", which isn't a number from 0");
        assertThat(rejected("no such"))
                .singleElement()
                .asString()
                .contains("Kafka topic parts has no partition 3; its last is 2");
        assertThat(rejected("no such either")).hasSize(1);
    }

    @Test
    void partition_thatIsNotThere_holdsUpNobodyInTheSpoolEither() {
        // Given
        kafka.nodes().forEach(KafkaNode::pause);

        // When
        try {
            publish("late", "1");
            publish("late", "late no such", property("p", "7"));
            publish("late", "2");
        } finally {
            kafka.nodes().forEach(KafkaNode::resume);
        }

        // Then
        await().atMost(LoadedBridge.LIMIT)
                .untilAsserted(() -> assertThat(Topics.values(kafka, "late")).endsWith("2"));
        await().untilAsserted(() -> assertThat(rejected("late no such"))
                .singleElement()
                .asString()
                .contains("Kafka topic late has no partition 7; its last is 0"));
        assertThat(Set.copyOf(Topics.values(kafka, "late"))).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void timestamp_isThatOfTheProperty_orTheArrival() throws Exception {
        // Given
        final long before = System.currentTimeMillis();

        // When
        publish("times/a", "ms", property("ts", "1732570000123"));
        publish("times/a", "iso", property("ts", "2024-11-25T22:26:40.123+01:00"));
        publish("times/a", "unreadable", property("ts", "yesterday"));
        publish("times/a", "seconds", property("ts", "1734500000"));
        publish("times/a", "ahead", property("ts", String.valueOf(before + 7_200_000)));
        publish("times/a", "missing");

        // Then
        final List<Long> timestamps = Topics.read(kafka, "times").stream()
                .map(ConsumerRecord::timestamp)
                .toList();
        assertThat(timestamps.subList(0, 2)).containsExactly(1732570000123L, 1732570000123L);
        assertThat(timestamps.subList(2, timestamps.size())).hasSize(4).allSatisfy(timestamp -> assertThat(timestamp)
                .isBetween(before, System.currentTimeMillis()));
        try (Counters counters = Counters.of(hivemq)) {
            assertThat(counters.ofMapping("times", "timestamps-replaced")).isEqualTo(3);
        }
    }
}
