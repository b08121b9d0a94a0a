package io.kafkabridge.extension.record;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.model.Template;

import static org.assertj.core.api.Assertions.assertThat;

class PublishTextTest {

    private static final Publish FULL = new Publishes()
            .topic("plant/7/temp")
            .qos(2)
            .retain()
            .client("sensor-1", "ana")
            .contentType("text/plain")
            .responseTopic("answers/1")
            .correlationData((byte) 'x', (byte) 'y')
            .property("site", "north")
            .property("site", "south")
            .property("empty", "")
            .build();

    private static @Nullable String render(final String template, final Publish publish) {
        return PublishText.compile(Template.parse(template)).of(publish);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "constant -> constant",
                "{topic} -> plant/7/temp",
                "{topic[1]} -> 7",
                "{topic[-1]} -> temp",
                "{topic[1:]} -> 7/temp",
                "{topic[0:2]} -> plant/7",
                "{client-id} -> sensor-1",
                "{username} -> ana",
                "{qos} -> 2",
                "{retain} -> true",
                "{packet-id} -> 7",
                "{user-property:site} -> north",
                "{user-property:empty|x} -> ''",
                "{content-type} -> text/plain",
                "{response-topic} -> answers/1",
                "{correlation-data} -> xy",
                "{{{qos}}} -> {2}",
                "a-{topic[1]}.{client-id}_{user-property:nope|none} -> a-7.sensor-1_none",
                "{topic[5]|}x -> x"
            })
    void of_aPublishThatHasEverything_fillsIn(final String template, final String expected) {
        assertThat(render(template, FULL)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{username}",
                "{packet-id}",
                "{user-property:site}",
                "{content-type}",
                "{response-topic}",
                "{correlation-data}",
                "{topic[3]}",
                "a{username}b"
            })
    void of_aPublishThatLacksSomething_isMissingOrTheDefault(final String template) {
        final Publish bare = new Publishes().qos(0).build();

        assertThat(render(template, bare)).isNull();
        assertThat(render(template.replace("}", "|?}"), bare)).contains("?");
    }

    @Test
    void of_anEmptyLevel_isTheDefaultWhereThereIsOne() {
        // Given
        final Publish publish = Publishes.to("/plant/7/");

        // Then
        assertThat(PublishText.compile(Template.parse("{topic[0]|none}")).of(publish))
                .isEqualTo("none");
        assertThat(PublishText.compile(Template.parse("{topic[-1]|none}")).of(publish))
                .isEqualTo("none");
        assertThat(PublishText.compile(Template.parse("{topic[0]}")).of(publish))
                .isEmpty();
        assertThat(PublishText.compile(Template.parse("{topic[:2]|none}")).of(publish))
                .isEqualTo("/plant");
    }

    @Test
    void of_correlationDataThatIsNoText_isBase64() {
        final Publish publish = new Publishes()
                .correlationData((byte) 0xff, (byte) 0xfe, (byte) 0xfb)
                .build();

        assertThat(render("{correlation-data}", publish)).isEqualTo("__77");
    }

    @Test
    void of_uuid_isARandomOneEachTime() {
        final Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            final String uuid = render("{uuid}", FULL);
            assertThat(seen.add(uuid)).isTrue();
            assertThat(UUID.fromString(uuid)).hasToString(uuid).satisfies(each -> {
                assertThat(each.version()).isEqualTo(4);
                assertThat(each.variant()).isEqualTo(2);
            });
        }
    }
}
