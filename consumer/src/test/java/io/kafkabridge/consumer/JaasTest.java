package io.kafkabridge.consumer;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;

import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JaasTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "quo\"te",
                "back\\slash",
                "end\\",
                "a\\nb",
                "line\nfeed",
                "semi;colon",
                "a=b c",
                "#//*",
                "é",
                "''"
            })
    void kafkaReadsTheSecretAsItWas(String secret) {
        // When
        AppConfigurationEntry entry = parsed(Jaas.login("PLAIN", "ana", secret));

        // Then
        assertThat(entry.getOptions()).isEqualTo(Map.of("username", "ana", "password", secret));
    }

    @ParameterizedTest
    @CsvSource({
        "PLAIN,         org.apache.kafka.common.security.plain.PlainLoginModule",
        "SCRAM-SHA-256, org.apache.kafka.common.security.scram.ScramLoginModule",
        "SCRAM-SHA-512, org.apache.kafka.common.security.scram.ScramLoginModule",
    })
    void theMechanismDecidesTheModule(String mechanism, String module) {
        // When
        AppConfigurationEntry entry = parsed(Jaas.login(mechanism, "ana", "secret"));

        // Then
        assertThat(entry.getLoginModuleName()).isEqualTo(module);
    }

    private static AppConfigurationEntry parsed(String jaas) {
        return JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(jaas)))
                .configurationEntries()
                .get(0);
    }
}
