package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfigFileTest {

    private static final String MINIMAL = """
            <kafka-configuration>
              <kafka-clusters>
                <kafka-cluster>
                  <id>c1</id>
                  <bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
                  <!-- more -->
                </kafka-cluster>
              </kafka-clusters>
              <mqtt-to-kafka-mappings>
                <mqtt-to-kafka-mapping>
                  <id>m1</id>
                  <cluster-id>c1</cluster-id>
                  <mqtt-topic-filters><mqtt-topic-filter>teste</mqtt-topic-filter></mqtt-topic-filters>
                  <kafka-topic>teste</kafka-topic>
                </mqtt-to-kafka-mapping>
              </mqtt-to-kafka-mappings>
            </kafka-configuration>
            """;

    @TempDir
    private Path home;

    private BridgeConfig read(final String xml, final Map<String, String> environment)
            throws IOException, ConfigException {
        final Path file = home.resolve("config.xml");
        Files.writeString(file, xml);
        return ConfigFile.read(file, home, environment);
    }

    private List<String> problems(final String xml) {
        final ConfigException error =
                catchThrowableOfType(ConfigException.class, () -> read(xml, Map.of("SECRET", "s3cret value")));
        assertThat(error).isNotNull();
        assertThat(error.getMessage())
                .contains(home.resolve("config.xml").toString())
                .doesNotContain("s3cret");
        return error.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void read_ofAMinimalFile_fillsInDefaults() throws Exception {
        // When
        final BridgeConfig config = read(MINIMAL, Map.of());

        // Then
        assertThat(config.clusters())
                .containsExactly(new KafkaCluster(
                        "c1",
                        "127.0.0.1:9092",
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        64L << 20,
                        new SpoolSettings(10L << 30, 1L << 30, Duration.ZERO),
                        256L << 20,
                        Optional.empty(),
                        Duration.ofSeconds(10)));
        assertThat(config.mappings()).singleElement().satisfies(mapping -> {
            assertThat(mapping.id()).isEqualTo("m1");
            assertThat(mapping.clusterId()).isEqualTo("c1");
            assertThat(mapping.topicFilters()).containsExactly(TopicFilter.parse("teste"));
            assertThat(mapping.kafkaTopic().constant()).contains("teste");
        });
    }

    @Test
    void read_ofASpool_takesItsBounds() throws Exception {
        // When
        final BridgeConfig config = read(MINIMAL.replace("<!-- more -->", """
                        <missing-topic-timeout>1min</missing-topic-timeout>
                        <spool><max-size>500 GiB</max-size><min-free>0B</min-free><commit-pause>5ms</commit-pause></spool>
                        <dead-letter-topic>dead.letters</dead-letter-topic>
                        """), Map.of());

        // Then
        final KafkaCluster cluster = config.clusters().get(0);
        assertThat(cluster.missingTopicTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(cluster.spool()).isEqualTo(new SpoolSettings(500L << 30, 0, Duration.ofMillis(5)));
        assertThat(cluster.deadLetterTopic()).contains("dead.letters");
    }

    @Test
    void read_ofPlaceholders_takesTheEnvironmentAsItIs() throws Exception {
        // When
        final BridgeConfig config = read(
                MINIMAL.replace("127.0.0.1:9092", "${ENV:SERVERS},${SERVERS}")
                        .replace(
                                "<!-- more -->",
                                "<authentication><scram-sha512><username>u</username><password>${ENV:SECRET}</password>"
                                        + "</scram-sha512></authentication>"),
                Map.of("SERVERS", "kafka:9092", "SECRET", "a<b&c$d\"e\\f"));

        // Then
        final KafkaCluster cluster = config.clusters().get(0);
        assertThat(cluster.bootstrapServers()).isEqualTo("kafka:9092,kafka:9092");
        assertThat(cluster.authentication().orElseThrow().password().value()).isEqualTo("a<b&c$d\"e\\f");
        assertThat(config.toString()).contains("password=***").doesNotContain("a<b");
    }

    @Test
    void read_ofTlsWithACaFile_resolvesItAgainstTheHome() throws Exception {
        // Given
        Files.writeString(home.resolve("ca.pem"), "");

        // When
        final BridgeConfig config =
                read(MINIMAL.replace("<!-- more -->", "<tls><ca-file>ca.pem</ca-file></tls>"), Map.of());

        // Then
        assertThat(config.clusters().get(0).tls())
                .contains(new Tls(Optional.of(home.resolve("ca.pem")), Optional.empty(), Optional.empty(), true));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "no, false", "true, true", "yes, true"})
    void read_ofTls_isPlainTextWhenSwitchedOff(final String enabled, final boolean tls) throws Exception {
        final BridgeConfig config =
                read(MINIMAL.replace("<!-- more -->", "<tls><enabled>" + enabled + "</enabled></tls>"), Map.of());

        assertThat(config.clusters().get(0).tls().isPresent()).isEqualTo(tls);
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<id>c1</id> | '' | line 3: kafka-clusters > kafka-cluster: <id> is missing in it",
                "127.0.0.1:9092 | kafka | line 5: kafka-cluster > bootstrap-servers: \"kafka\": must be host:port,",
                "127.0.0.1:9092 | kafka:99999 | line 5: kafka-cluster > bootstrap-servers: \"kafka:99999\": must be",
                "127.0.0.1:9092 | ${ENV:NOPE} | the environment variable NOPE isn't set; set it for HiveMQ",
                "127.0.0.1:9092 | ${ENV:SECRET} | line 5: kafka-cluster > bootstrap-servers: \"${ENV:SECRET}\": must be",
                "<cluster-id>c1< | <cluster-id>c2< | \"c2\": no <kafka-cluster> has this id; known: c1",
                "<kafka-topic>teste< | <kafka-topic>a/b< | \"a/b\": a Kafka topic has 1 to 249 letters",
                "<kafka-topic>teste< | <kafka-topic>..< | a Kafka topic can't be named . or ..",
                "topic-filter>teste< | topic-filter>a/#/b< | \"a/#/b\": # stands only at the end of a topic filter",
                "<!-- more --> | <delivery-timeout>30</delivery-timeout> | must be a duration such as 500ms, 30s",
                "<!-- more --> | <delivery-timeout>0s</delivery-timeout> | must be from 1s to 1h",
                "<!-- more --> | <max-in-flight>64</max-in-flight> | must be a size such as 512KiB, 64MiB or 1GiB",
                "<!-- more --> | <max-in-flight>1KiB</max-in-flight> | must be from 1MiB to 65536MiB",
                "<!-- more --> | <spool><max-size>1KiB</max-size></spool> | line 6: spool > max-size: \"1KiB\": must be from 1MiB",
                "<!-- more --> | <spool><commit-pause>2s</commit-pause></spool> | must be from 0s to 1s",
                "<!-- more --> | <spool><max-siz/></spool> | did you mean <max-size>?",
                "<!-- more --> | <dead-letter-topic>a/b</dead-letter-topic> | a Kafka topic has 1 to 249 letters",
                "<!-- more --> | <tls><enabled>maybe</enabled></tls> | \"maybe\": must be true or false",
                "<!-- more --> | <tls><ca-file>no.pem</ca-file></tls> | there is no readable file",
                "<!-- more --> | <tsl/> | line 6: kafka-cluster > tsl: there is no such element; did you mean <tls>?",
                "<!-- more --> | <quux/> | there is no such element; known here: id, bootstrap-servers, tls,",
                "<!-- more --> | <id>c1</id> | line 6: kafka-cluster > id: it stands here twice; keep one",
                "<!-- more --> | <authentication/> | it takes one of <plain>, <scram-sha256>, <scram-sha512> and <no-auth>",
                "<!-- more --> | <authentication><plain/></authentication> | plain: <username> is missing in it",
                "<kafka-clusters> | <kafka-clusters/><kafka-clusters> | it stands here twice",
                "<kafka-configuration> | <!DOCTYPE x><kafka-configuration> | line 1: a DOCTYPE isn't allowed here; remove it",
                "</kafka-configuration> | '' | not well-formed XML"
            })
    void read_ofAMistake_saysWhereAndWhatToDo(final String text, final String instead, final String problem) {
        assertThat(problems(MINIMAL.replaceFirst(
                        java.util.regex.Pattern.quote(text), java.util.regex.Matcher.quoteReplacement(instead))))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc&s3cret | line 6: not well-formed XML at column 72: in a <password>; write & as &amp; and < as &lt;",
                "abc<s3cret | line 6: not well-formed XML at column 72: in a <password>; write & as &amp; and < as &lt;",
                "abc${s3cret} | line 6: plain > password: the environment variable in it isn't set; set it for HiveMQ",
                "${ENV:NOPE} | line 6: plain > password: ${ENV:NOPE}: the environment variable NOPE isn't set;"
            })
    void read_ofAMistakeInAPassword_doesNotShowThePassword(final String password, final String problem) {
        assertThat(problems(MINIMAL.replace(
                        "<!-- more -->",
                        "<authentication><plain><username>u</username><password>" + password
                                + "</password></plain></authentication>")))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void read_ofSeveralMistakes_tellsAllInTheirOrder() {
        assertThat(problems(MINIMAL.replace("9092", "x")
                        .replace("<id>m1</id>", "<id>m 1</id>")
                        .replace("<kafka-topic>", "<kafka-topc>")
                        .replace("</kafka-topic>", "</kafka-topc>")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 5: kafka-cluster > bootstrap-servers"),
                        second -> assertThat(second).startsWith("line 10: ").contains("<kafka-topic> is missing"),
                        third -> assertThat(third).startsWith("line 11: ").contains("an id has 1 to 100"),
                        fourth -> assertThat(fourth).startsWith("line 14: ").contains("did you mean <kafka-topic>?"));
    }

    @Test
    void read_ofAMissingFile_namesIt() {
        final ConfigException error = catchThrowableOfType(
                ConfigException.class, () -> ConfigFile.read(home.resolve("no.xml"), home, Map.of()));

        assertThat(error)
                .hasMessage(
                        home.resolve("no.xml") + ": the file doesn't exist; put the bridge's configuration" + " there");
    }
}
