package io.kafkabridge.extension.config;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BootstrapServersTest extends ConfigFixture {

    private static final String LOGIN =
            "<authentication><plain><username>u</username><password>p</password></plain></authentication>";

    private static String servers(final String servers, final String more) {
        return with(more).replace("127.0.0.1:9092", servers);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka:9092 | '' | kafka:9092",
                "my_kafka_1:9092,kafka-:9093 | '' | my_kafka_1:9092,kafka-:9093",
                "PLAINTEXT://kafka:9092 | '' | kafka:9092",
                "plaintext://my_kafka:9092, [::1]:9093 | '' | my_kafka:9092, [::1]:9093",
                "SSL://kafka:9092,SSL://[::1]:9093 | <tls/> | kafka:9092,[::1]:9093",
                "SASL_SSL://pkc-1.cloud:9092 | <tls/>LOGIN | pkc-1.cloud:9092",
                "SASL_PLAINTEXT://kafka:9092 | LOGIN | kafka:9092",
                "PLAINTEXT://kafka:9092 | <tls><enabled>false</enabled></tls><authentication><no-auth/></authentication> | kafka:9092",
                "SASL_SSL://kafka:9092 | <tls/><kafka-properties><property><name>sasl.mechanism</name><value>GSSAPI</value></property></kafka-properties> | kafka:9092"
            })
    void read_ofAProtocolThatIsInForce_takesTheServersWithoutIt(
            final String given, final String more, final String expected) throws Exception {
        assertThat(read(servers(given, more.replace("LOGIN", LOGIN)))
                        .clusters()
                        .get(0)
                        .bootstrapServers())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SASL_SSL://kafka:9092 | '' | SASL_SSL:// doesn't fit: with this <tls> and <authentication> it is PLAINTEXT",
                "kafka:9092,SSL://kafka:9093 | '' | SSL:// doesn't fit",
                "PLAINTEXT://kafka:9092 | <tls/> | it is SSL",
                "SSL://kafka:9092 | <tls/>LOGIN | it is SASL_SSL",
                "http://kafka:9092 | '' | leave out http://",
                "SASL_SSL//kafka:9092 | '' | must be host:port, several separated by commas",
                "kafka:9092/ | '' | must be host:port, several separated by commas"
            })
    void read_ofAnotherProtocol_saysWhatIsInForce(final String given, final String more, final String problem) {
        assertThat(problems(servers(given, more.replace("LOGIN", LOGIN))))
                .singleElement()
                .asString()
                .startsWith("line 5, column 7: kafka-cluster > bootstrap-servers: \"" + given + "\": ")
                .contains(problem);
    }

    @Test
    void read_ofAMistakeInAVariable_showsWhatItStandsFor_whenThatIsAnAddress() throws Exception {
        // Given
        final String xml = servers("${ENV:BOOTSTRAP_SERVERS}", "");

        // When, Then
        assertThat(problem(xml, "kafka1:9092,SASL_SSL://kafka2:9093")).contains("SASL_SSL://kafka2:9093");
        assertThat(problem(xml, "kafka2:99999")).contains("kafka2:99999");
        assertThat(problem(xml, "http://user:s3cret@kafka:9092")).doesNotContain(SECRET);
        assertThat(problem(xml, SECRET)).doesNotContain(SECRET);
    }

    private String problem(final String xml, final String servers) {
        try {
            throw new AssertionError("taken: " + read(xml, Map.of("BOOTSTRAP_SERVERS", servers)));
        } catch (final ConfigException e) {
            return String.valueOf(e.getMessage());
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
