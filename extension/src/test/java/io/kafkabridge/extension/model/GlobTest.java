package io.kafkabridge.extension.model;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class GlobTest {

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "sensor-*,sensor-1,true",
        "sensor-*,sensor-,true",
        "sensor-*,sensor,false",
        "*,anything,true",
        "*,'',true",
        "plant?,plant1,true",
        "plant?,plant,false",
        "plant?,plant12,false",
        "a,a,true",
        "a,b,false",
        "a,ab,false",
        "*a*b*,xaxbx,true",
        "*a*b*,xbxax,false",
        "*ab,aab,true",
        "a**b,ab,true",
        "a.c,abc,false",
        "?*,'',false",
        "sénsor-?,sénsor-é,true"
    })
    void matches_takesTheWholeName(final String pattern, final String name, final boolean matches) {
        assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void matches_ofWhatMakesARegularExpressionSlow_isFast() {
        final Glob glob = new Glob("*a".repeat(100) + "b");

        final boolean matches =
                assertTimeoutPreemptively(Duration.ofSeconds(5), () -> glob.matches("a".repeat(60_000)));

        assertThat(matches).isFalse();
    }
}
