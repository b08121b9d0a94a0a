package io.kafkabridge.extension.routing;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.extension.config.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;

class TopicTreeTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "teste, teste, true",
        "teste, teste/, false",
        "teste, Teste, false",
        "a/+/c, a/b/c, true",
        "a/+/c, a//c, true",
        "a/+/c, a/b/c/d, false",
        "a/+, a, false",
        "a/+, a/, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "#, a/b, true",
        "#, /, true",
        "+, a, true",
        "+, a/b, false",
        "+/+, /a, true",
        "/+, /a, true",
        "/+, a, false",
        "#, $SYS/x, false",
        "+/x, $SYS/x, false",
        "$SYS/#, $SYS/x, true",
        "$SYS/#, $SYS, true",
        "$SYS/+, $SYS/x, true",
        "$SYS/+, $SYS/x/y, false"
    })
    void match_followsTheMqttSpecification(final String filter, final String topic, final boolean matches) {
        // Given
        final TopicTree<String> tree = TopicTree.build(Map.of("target", List.of(TopicFilter.parse(filter))));

        // When, Then
        assertThat(tree.match(topic)).isEqualTo(matches ? List.of("target") : List.of());
    }

    @Test
    void match_ofSeveralFiltersOfOneTarget_findsItOnce() {
        // Given
        final TopicTree<String> tree = TopicTree.build(Map.of(
                "both", List.of(TopicFilter.parse("a/+"), TopicFilter.parse("a/#"), TopicFilter.parse("a/b")),
                "all", List.of(TopicFilter.parse("#"))));

        // When, Then
        assertThat(tree.match("a/b")).containsExactlyInAnyOrder("both", "all");
    }
}
