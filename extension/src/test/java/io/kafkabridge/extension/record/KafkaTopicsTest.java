package io.kafkabridge.extension.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.payload.UnfitException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class KafkaTopicsTest {

    private static KafkaTopics topics(final String kafkaTopic, final String elements) {
        return new KafkaTopics(Mappings.mapping("#", kafkaTopic, elements).kafkaTopic());
    }

    @Test
    void of_aTemplate_isTheNameItMakes() throws Exception {
        final KafkaTopics topics = topics("plant-{topic[1]|none}", "");

        assertThat(topics.of(Publishes.to("plant/7/temp"))).isEqualTo("plant-7");
        assertThat(topics.of(Publishes.to("plant"))).isEqualTo("plant-none");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a/b | the Kafka topic comes out as \"a/b\": a Kafka topic has 1 to 249 letters, digits",
                "a b | the Kafka topic comes out as \"a b\": a Kafka topic has",
                ". | the Kafka topic comes out as \".\": a Kafka topic can't be named . or ..",
                ".. | can't be named",
                "é | a Kafka topic has"
            })
    void of_aNameThatComesOutIllegal_isRejectedWithWhatCouldBeMade(final String topic, final String reason) {
        // Given
        final Mappings mappings = Mappings.withTopic("{topic}", "<key>{client-id}</key>");

        // When
        final RejectedPublishException rejection = mappings.rejection(Publishes.to(topic));

        // Then
        assertThat(rejection).hasMessageContaining(reason);
        assertThat(rejection.record().topic()).isEqualTo(topic);
        assertThat(rejection.record().key()).asString().isEqualTo("c1");
        assertThat(rejection.record().value()).asString().isEqualTo("21.5");
        assertThat(rejection.record().headers().lastHeader("mqtt.topic").value())
                .asString()
                .isEqualTo(topic);
    }

    @ParameterizedTest
    @ValueSource(ints = {249, 250})
    void of_aLongName_isLegalUpTo249Characters(final int length) {
        final Mappings mappings = Mappings.withTopic("{topic}", "");
        final Publish publish = Publishes.to("a".repeat(length));

        if (length == 249) {
            assertThat(mappings.create(publish).topic()).hasSize(length);
        } else {
            assertThat(mappings.rejection(publish)).hasMessageContaining("1 to 249");
        }
    }

    @Test
    void of_aNameWithSlashes_replacesThem() throws Exception {
        assertThat(topics("{topic}", "<slash-replacement>.</slash-replacement>").of(Publishes.to("plant/7/temp")))
                .isEqualTo("plant.7.temp");
    }

    @Test
    void of_aNameWithTheReplacementInIt_isRejectedWithOrWithoutASlash() {
        final Mappings mappings = Mappings.withTopic("{topic}", "<slash-replacement>.</slash-replacement>");

        for (final String topic : List.of("a.b", "a.b/c")) {
            assertThat(mappings.rejection(Publishes.to(topic)))
                    .hasMessageContaining("\"" + topic + "\", which has a \".\", as <slash-replacement> makes them");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<slash-replacement>.</slash-replacement>", "<slash-replacement>a</slash-replacement>", ""})
    void of_anyTwoNames_neverIsOne(final String elements) {
        // Given
        final KafkaTopics topics = topics("{topic}", elements + "<max-kafka-topics>1000000</max-kafka-topics>");
        final Random random = new Random(7);
        final String alphabet = "ab/._-";
        final Map<String, String> madeOf = new HashMap<>();
        int made = 0;

        // When, Then
        for (int i = 0; i < 200_000; i++) {
            final StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(6); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                final String topic = topics.of(Publishes.to(name.toString()));
                made++;
                assertThat(madeOf.put(topic, name.toString())).isIn(null, name.toString());
                assertThat(topic).matches("[a-zA-Z0-9._-]{1,249}").isNotIn(".", "..");
            } catch (final UnfitException e) {
                assertThat(e.reason()).contains("comes out as \"" + name + "\"");
            }
        }
        assertThat(made).isGreaterThan(10_000);
    }

    @Test
    void of_moreNamesThanAllowed_takesTheFirst() throws Exception {
        // Given
        final KafkaTopics topics = topics("{topic}", "<max-kafka-topics>2</max-kafka-topics>");
        topics.of(Publishes.to("a"));
        topics.of(Publishes.to("b"));

        // When
        final UnfitException rejection = catchThrowableOfType(UnfitException.class, () -> topics.of(Publishes.to("c")));

        // Then
        assertThat(rejection.reason()).isEqualTo("the Kafka topic \"c\" would be one more than <max-kafka-topics>, 2");
        assertThat(topics.of(Publishes.to("a"))).isEqualTo("a");
        assertThat(topics.of(Publishes.to("b"))).isEqualTo("b");
    }

    @Test
    void of_manyThreads_makesNoMoreNamesThanAllowed() {
        // Given
        final KafkaTopics topics = topics("{topic}", "<max-kafka-topics>10</max-kafka-topics>");
        final Map<String, Boolean> made = new ConcurrentHashMap<>();

        // When
        IntStream.range(0, 10_000).parallel().forEach(i -> {
            try {
                made.put(topics.of(Publishes.to("t" + i % 1000)), true);
            } catch (final UnfitException e) {
                assertThat(e.reason()).contains("one more than <max-kafka-topics>, 10");
            }
        });

        // Then
        assertThat(made).hasSize(10);
    }

    @Test
    void of_aNameThatIsNotAllowed_isRejectedAndDoesNotCount() throws Exception {
        // Given
        final String allowed = "<allowed-kafka-topics><kafka-topic-pattern>plant-*</kafka-topic-pattern>"
                + "<kafka-topic-pattern>x</kafka-topic-pattern></allowed-kafka-topics>";
        final KafkaTopics topics = topics("{topic}", "<max-kafka-topics>2</max-kafka-topics>" + allowed);

        // When
        final UnfitException rejection =
                catchThrowableOfType(UnfitException.class, () -> topics.of(Publishes.to("other")));

        // Then
        assertThat(rejection.reason()).isEqualTo("the Kafka topic \"other\" isn't among <allowed-kafka-topics>");
        assertThat(topics.of(Publishes.to("plant-1"))).isEqualTo("plant-1");
        assertThat(topics.of(Publishes.to("x"))).isEqualTo("x");
    }
}
