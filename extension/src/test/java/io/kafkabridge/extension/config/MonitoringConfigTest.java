package io.kafkabridge.extension.config;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.Secret;
import io.kafkabridge.extension.model.Monitoring;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code <monitoring>} in {@code config.xml}. */
class MonitoringConfigTest extends ConfigFixture {

    private static String withMonitoring(final String elements) {
        return MINIMAL.replace(
                "</kafka-configuration>", "<monitoring>" + elements + "</monitoring></kafka-configuration>");
    }

    @Test
    void withoutIt_thereIsNoServer() throws Exception {
        assertThat(read(MINIMAL).monitoring()).isEmpty();
    }

    @Test
    void empty_listensForThisMachineAlone() throws Exception {
        assertThat(read(withMonitoring("")).monitoring()).contains(new Monitoring("127.0.0.1", 9398, Optional.empty()));
        assertThat(ConfigSchema.problems(home.resolve("config.xml"))).isEmpty();
    }

    @Test
    void everything_isRead_andThePasswordHidden() throws Exception {
        // When
        final Monitoring monitoring = read(
                        withMonitoring("<bind-address>0.0.0.0</bind-address><port>${PORT}</port>"
                                + "<password>${ENV:PASSWORD}</password><username>ops</username>"),
                        Map.of("PORT", "80", "PASSWORD", SECRET))
                .monitoring()
                .orElseThrow();

        // Then
        assertThat(monitoring)
                .isEqualTo(new Monitoring("0.0.0.0", 80, Optional.of(new Monitoring.User("ops", new Secret(SECRET)))));
        assertThat(monitoring.toString()).doesNotContain(SECRET);
        assertThat(ConfigSchema.problems(home.resolve("config.xml"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::", "::1", "fe80::1%eth0", "broker-1.example.com", "localhost"})
    void address_isOneOfThisMachine(final String address) throws Exception {
        assertThat(read(withMonitoring("<bind-address>" + address + "</bind-address>"))
                        .monitoring()
                        .orElseThrow()
                        .bindAddress())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<port>0</port>; must be a number from 1 to 65535",
                "<port>65536</port>; must be a number from 1 to 65535",
                "<port>http</port>; must be a number from 1 to 65535",
                "<bind-address>127.0.0.1:80</bind-address>; must be an address of this machine",
                "<bind-address>http://a/</bind-address>; must be an address of this machine",
                "<username>ops</username>; <username> and <password> go together",
                "<password>s3cret</password>; <username> and <password> go together",
                "<username>a:b</username><password>s3cret</password>; has a colon in it",
                "<username>a</username><password></password>; the value is empty",
                "<prot>1</prot>; did you mean <port>?"
            })
    void mistake_isToldWithItsRule(final String elements, final String rule) {
        assertThat(problems(withMonitoring(elements)))
                .singleElement()
                .asString()
                .contains(rule);
    }
}
