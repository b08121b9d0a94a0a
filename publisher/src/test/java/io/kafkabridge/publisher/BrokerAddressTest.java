package io.kafkabridge.publisher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "broker.example,               ssl://broker.example:8883",
        "broker.example:9999,          ssl://broker.example:9999",
        "abc.s1.eu.hivemq.cloud:8883,  ssl://abc.s1.eu.hivemq.cloud:8883",
        "localhost,                    ssl://localhost:8883",
        "10.0.0.1,                     ssl://10.0.0.1:8883",
        "ssl://broker.example,         ssl://broker.example:8883",
        "mqtts://broker.example:1,     ssl://broker.example:1",
        "tcp://broker.example,         tcp://broker.example:1883",
        "TCP://broker.example:2883/,   tcp://broker.example:2883",
        "mqtt://broker.example,        tcp://broker.example:1883",
    })
    void readsAddresses(String text, String uri) {
        // When
        BrokerAddress address = BrokerAddress.parse(text);

        // Then
        assertThat(address.uri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "host:port", "host:70000", "tcp://host/path", "tcp://", ":1"})
    void refusesWhatIsNoAddress(String text) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerAddress.parse(text))
                .withMessage("'%s' is no broker address; use host, host:port or a URI such as tcp://host:1883", text);
    }

    @Test
    void doesNotRepeatAPassword() {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerAddress.parse("ssl://ana:s3cret@host"))
                .withMessage("a broker address has no user and password; use HIVE_USER and HIVE_PSWD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "ws", "wss"})
    void refusesOtherSchemes(String scheme) {
        // When, Then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BrokerAddress.parse(scheme + "://host"))
                .withMessage(
                        "'%s://host' has the unknown scheme '%s'; use ssl:// or mqtts:// with TLS, tcp:// or mqtt:// without",
                        scheme, scheme);
    }
}
