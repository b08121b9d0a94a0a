package io.kafkabridge.extension.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.BridgeConfig;
import io.kafkabridge.extension.model.KafkaCluster;
import io.kafkabridge.extension.model.KafkaCluster.Limits;
import io.kafkabridge.extension.model.KafkaCluster.SpoolSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConfigFileTest extends ConfigFixture {

    @Test
    void read_ofAMinimalFile_fillsInDefaults() throws Exception {
        // When
        final BridgeConfig config = read(MINIMAL);

        // Then
        assertThat(config.clusters())
                .containsExactly(new KafkaCluster(
                        "c1",
                        "127.0.0.1:9092",
                        Optional.empty(),
                        Optional.empty(),
                        new Limits(
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(10),
                                64L << 20,
                                256L << 20,
                                Duration.ofSeconds(10)),
                        new SpoolSettings(10L << 30, 1L << 30, Duration.ZERO),
                        Optional.empty(),
                        List.of()));
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
        final KafkaCluster cluster = cluster("""
                        <missing-topic-timeout>1min</missing-topic-timeout>
                        <spool><max-size>500 GiB</max-size><min-free>0B</min-free><commit-pause>5ms</commit-pause></spool>
                        <dead-letter-topic>dead.letters</dead-letter-topic>
                        """);

        // Then
        assertThat(cluster.limits().missingTopicTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(cluster.spool()).isEqualTo(new SpoolSettings(500L << 30, 0, Duration.ofMillis(5)));
        assertThat(cluster.deadLetterTopic()).contains("dead.letters");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<id>c1</id> | '' | line 3, column 5: kafka-clusters > kafka-cluster: <id> is missing in it",
                "127.0.0.1:9092 | kafka | line 5, column 7: kafka-cluster > bootstrap-servers: \"kafka\": must be host:port,",
                "127.0.0.1:9092 | kafka:99999 | kafka-cluster > bootstrap-servers: \"kafka:99999\": must be",
                "127.0.0.1:9092 | ${ENV:NOPE} | the environment variable NOPE isn't set; set it for HiveMQ",
                "127.0.0.1:9092 | ${ENV:SECRET} | kafka-cluster > bootstrap-servers: \"${ENV:SECRET}\": must be",
                "<cluster-id>c1< | <cluster-id>c2< | \"c2\": no <kafka-cluster> has this id; known: c1",
                "<kafka-topic>teste< | <kafka-topic>a/b< | \"a/b\": a Kafka topic has 1 to 249 letters",
                "<kafka-topic>teste< | <kafka-topic>..< | a Kafka topic can't be named . or ..",
                "topic-filter>teste< | topic-filter>a/#/b< | \"a/#/b\": # stands only at the end of a topic filter",
                "<!-- more --> | <delivery-timeout>30</delivery-timeout> | must be a duration such as 500ms, 30s",
                "<!-- more --> | <delivery-timeout>0s</delivery-timeout> | must be from 1s to 1h",
                "<!-- more --> | <max-in-flight>64</max-in-flight> | must be a size such as 512KiB, 64MiB or 1GiB",
                "<!-- more --> | <max-in-flight>1KiB</max-in-flight> | must be from 1MiB to 65536MiB",
                "<!-- more --> | <spool><max-size>1KiB</max-size></spool> | line 6, column 14: spool > max-size: \"1KiB\": must be from 1MiB",
                "<!-- more --> | <spool><commit-pause>2s</commit-pause></spool> | must be from 0s to 1s",
                "<!-- more --> | <spool><max-siz/></spool> | did you mean <max-size>?",
                "<!-- more --> | <dead-letter-topic>a/b</dead-letter-topic> | a Kafka topic has 1 to 249 letters",
                "<!-- more --> | <tsl/> | line 6, column 7: kafka-cluster > tsl: there is no such element; did you mean <tls>?",
                "<!-- more --> | <quux/> | there is no such element; known here: id, bootstrap-servers, tls,",
                "<!-- more --> | <id>c1</id> | line 6, column 7: kafka-cluster > id: it stands here twice; keep one",
                "<id>c1< | <id x='1'>c1< | line 4, column 7: kafka-cluster > id: it takes no attribute, and has x=\"...\"; write the value",
                "<!-- more --> | <tls enabled='false'/> | tls: it takes no attribute, and has enabled=\"...\"; write an element",
                "<!-- more --> | <tls>on</tls> | tls: there is text between its elements; it takes elements only",
                "<kafka-clusters> | <kafka-clusters/><kafka-clusters> | it stands here twice",
                "<kafka-configuration> | <!DOCTYPE x><kafka-configuration> | line 1, column 10: a DOCTYPE isn't allowed here; remove it",
                "</kafka-configuration> | '' | line 18, column 1: not well-formed XML",
                "<kafka-configuration> | <?xml version='1.0' encoding='UTFi8'?><kafka-configuration> | line 1, column 1: the encoding that"
            })
    void read_ofAMistake_saysWhereAndWhatToDo(final String text, final String instead, final String problem) {
        assertThat(problems(MINIMAL.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(instead))))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc&s3cret | line 6, column 72: not well-formed XML: in a <password>; write & as &amp; and < as &lt;",
                "abc<s3cret | line 6, column 72: not well-formed XML: in a <password>; write & as &amp; and < as &lt;",
                "abc${s3cret} | line 6, column 52: plain > password: a placeholder in it can't be replaced:",
                "${ENV:NOPE} | line 6, column 52: plain > password: ${ENV:NOPE}: the environment variable NOPE isn't set;"
            })
    void read_ofAMistakeInAPassword_doesNotShowThePassword(final String password, final String problem) {
        assertThat(problems(with("<authentication><plain><username>u</username><password>" + password
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
                        first -> assertThat(first).startsWith("line 5, column 7: kafka-cluster > bootstrap-servers"),
                        second -> assertThat(second)
                                .startsWith("line 10, column 5: ")
                                .contains("<kafka-topic> is missing"),
                        third -> assertThat(third)
                                .startsWith("line 11, column 7: ")
                                .contains("an id has 1 to 100"),
                        fourth -> assertThat(fourth)
                                .startsWith("line 14, column 7: ")
                                .contains("did you mean <kafka-topic>?"));
    }

    @Test
    void read_countsColumnsInCharactersAndLinesAsXmlDoes() {
        // Given: a byte order mark, a line break of Windows, a tag of several lines, letters of two bytes
        final String xml = "\uFEFF"
                + MINIMAL.replace("\n", "\r\n")
                        .replace(MORE, "<!-- \u00e7 --><tsl\r\n\r\n/><!-- \u00e7\u00e7 --><spol></spol>");

        // Then
        assertThat(problems(xml))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 6, column 17: kafka-cluster > tsl"),
                        second -> assertThat(second).startsWith("line 8, column 14: kafka-cluster > spol"));
    }

    @Test
    void read_tellsTheFilesItIsMadeOf() throws Exception {
        // Given
        Files.writeString(home.resolve("topic"), "dead");

        // When
        final BridgeConfig config = read(with("<dead-letter-topic>${FILE:topic}</dead-letter-topic>"));

        // Then
        assertThat(config.files()).containsExactlyInAnyOrder(home.resolve("config.xml"), home.resolve("topic"));
    }

    @Test
    void read_ofAMistake_tellsTheFilesThatMayMendIt() {
        // When
        final ConfigException refusal = refusal(
                with("<dead-letter-topic>${FILE:topic}</dead-letter-topic><tls><ca-file>/no/ca.pem</ca-file></tls>"));

        // Then
        assertThat(refusal.files())
                .containsExactlyInAnyOrder(home.resolve("config.xml"), home.resolve("topic"), Path.of("/no/ca.pem"));
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
