package io.kafkabridge.extension.config;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.KafkaProperty;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaPropertiesTest extends ConfigFixture {

    private static final String MODULE =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"s3cret\";";

    private static final String SECURE = "<tls/><authentication><scram-sha512><username>u</username>"
            + "<password>p</password></scram-sha512></authentication>";

    /** Each as {@code name=value}. */
    private static String properties(final String... all) {
        final StringBuilder xml = new StringBuilder("<kafka-properties>");
        for (final String property : all) {
            final String[] parts = property.split("=", 2);
            xml.append("<property><name>" + parts[0] + "</name><value>" + parts[1] + "</value></property>");
        }
        return xml.append("</kafka-properties>").toString();
    }

    static List<String> refusedNames() {
        return List.copyOf(KafkaPropertyRules.reasons().keySet());
    }

    @Test
    void read_ofProperties_takesThemByTheirKafkaNames() throws Exception {
        // When
        final BridgeConfig config = read(
                with(properties("compression.type=zstd", "linger.ms=${LINGER}", "metric.reporters=")),
                Map.of("LINGER", "5"));

        // Then
        assertThat(config.clusters().get(0).properties())
                .containsExactly(
                        new KafkaProperty("compression.type", "zstd", false),
                        new KafkaProperty("linger.ms", "5", false),
                        new KafkaProperty("metric.reporters", "", false));
    }

    @Test
    void read_ofAPassword_hidesIt() throws Exception {
        // When
        final KafkaCluster cluster = cluster(properties("sasl.mechanism=GSSAPI", "sasl.jaas.config=" + MODULE));

        // Then
        assertThat(cluster.properties()).contains(new KafkaProperty("sasl.jaas.config", MODULE, true));
        assertThat(cluster.toString()).contains("sasl.jaas.config=***").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("refusedNames")
    void read_ofWhatWouldBreakAPromiseOrHasAnElement_isRefusedWithTheReason(final String name) {
        assertThat(ProducerConfig.configNames()).contains(name);
        assertThat(problems(with(properties(name + "=s3cret"))))
                .singleElement()
                .asString()
                .contains("property > name: \"" + name + "\": can't be set here: "
                        + KafkaPropertyRules.reasons().get(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl.mechanism", "sasl.jaas.config", "sasl.login.callback.handler.class"})
    void read_ofWhatAuthenticationSets_isRefusedBesideIt(final String name) {
        assertThat(problems(with("<authentication><no-auth/></authentication>" + properties(name + "=x"))))
                .anySatisfy(found -> assertThat(found)
                        .contains("\"" + name + "\": can't be set beside <authentication>, which sets it; keep one"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "compresion.type=zstd | \"compresion.type\": kafka-clients' producer has no such setting; did you mean compression.type?",
                "quux=1 | \"quux\": kafka-clients' producer has no such setting",
                "buffer.memory.allocation.strategy=full | kafka-clients' producer has no such setting",
                "compression.type=zip | value: Invalid value zip for configuration compression.type: String must be one of",
                "batch.size=many | value: Invalid value many for configuration batch.size: Not a number of type INT",
                "batch.size=${SECRET} | value: \"${SECRET}\": Kafka doesn't accept this value for batch.size, which is of type INT",
                "batch.size=1${SECRET} | value: Kafka doesn't accept this value for batch.size, which is of type INT",
                "metrics.num.samples=0 | Value must be at least 1",
                "security.providers=${NOPE} | property > value: ${NOPE}: the environment variable NOPE isn't set",
                "batch.size=2097153 | kafka-properties: batch.size must be at most <max-in-flight>, 2097152 here",
                "linger.ms=1501 | kafka-properties: linger.ms must be at most half of <delivery-timeout>, 1500 here",
                "request.timeout.ms=3001 | request.timeout.ms and linger.ms together must be at most <delivery-timeout>, 3000 here",
                "sasl.jaas.config=com.sun.security.auth.module.Krb5LoginModule required; | sasl.jaas.config has no effect without sasl.mechanism; add it"
            })
    void read_ofAMistake_saysWhereAndWhatToDo(final String property, final String problem) {
        assertThat(problems(with("<max-in-flight>2MiB</max-in-flight>" + properties(property))))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "s3cret",
                "com.example.NoSuchModule required password=\"s3cret\";",
                "org.apache.kafka.common.security.plain.PlainLoginModul required;",
                "org.apache.kafka.common.security.plain.PlainLoginModule;",
                "org.apache.kafka.common.security.plain.PlainLoginModule s3cret;",
                "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"s3cret\"",
                "java.lang.String required;"
            })
    void read_ofAJaasLineThatCantWork_saysSo(final String line) {
        assertThat(problems(with(properties("sasl.mechanism=PLAIN", "sasl.jaas.config=" + line))))
                .singleElement()
                .asString()
                .contains("property > value: ", "login module");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "acks=all",
                "acks=-1",
                "enable.idempotence=true",
                "max.in.flight.requests.per.connection=1",
                "retries=2147483647",
                "key.serializer=org.apache.kafka.common.serialization.ByteArraySerializer",
                "security.protocol=SASL_SSL",
                "sasl.mechanism=SCRAM-SHA-512",
                "ssl.endpoint.identification.algorithm=https",
                "ssl.endpoint.identification.algorithm=HTTPS",
                "bootstrap.servers=127.0.0.1:9092",
                "delivery.timeout.ms=3000"
            })
    void read_ofWhatIsSoAnyway_isTakenSilently(final String property) throws Exception {
        assertThat(cluster(SECURE + properties("client.rack=a", property)).properties())
                .containsExactly(new KafkaProperty("client.rack", "a", false));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "acks=1",
                "enable.idempotence=false",
                "max.in.flight.requests.per.connection=5",
                "key.serializer=org.apache.kafka.common.serialization.StringSerializer",
                "security.protocol=SSL",
                "security.protocol=PLAINTEXT",
                "sasl.mechanism=PLAIN",
                "ssl.endpoint.identification.algorithm=",
                "bootstrap.servers=other:9092",
                "delivery.timeout.ms=120000"
            })
    void read_ofWhatContradicts_isRefused(final String property) {
        assertThat(problems(with(SECURE + properties(property))))
                .singleElement()
                .asString()
                .contains("property > name: \"" + property.substring(0, property.indexOf('=')) + "\": can't be set ");
    }

    @Test
    void read_ofPropertiesThatSayWhatIsSoWithoutSecurity_isTakenSilently() throws Exception {
        assertThat(cluster("<tls><hostname-verification>no</hostname-verification></tls>"
                                + properties("security.protocol=ssl", "ssl.endpoint.identification.algorithm="))
                        .properties())
                .isEmpty();
        assertThat(cluster(properties("security.protocol=PLAINTEXT")).properties())
                .isEmpty();
    }

    @Test
    void read_ofOneTwice_isRefused() {
        assertThat(problems(with(properties("linger.ms=1", "linger.ms=2"))))
                .singleElement()
                .asString()
                .contains("property > name: \"linger.ms\": is set twice; keep one");
    }

    @Test
    void read_ofIllFormedXmlInAValue_doesNotShowIt() {
        assertThat(problems(with(properties("sasl.jaas.config=Module x=&s3cret"))))
                .singleElement()
                .asString()
                .contains("not well-formed XML: in a <value>; write & as &amp; and < as &lt;");
    }
}
