package io.kafkabridge.extension.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.extension.config.HeaderSettings.Extra;
import io.kafkabridge.extension.config.HeaderSettings.Format;
import io.kafkabridge.extension.config.HeaderSettings.Item;
import io.kafkabridge.extension.config.PublishFilter.Retained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MappingReaderTest {

    @TempDir
    private Path home;

    /** Reads a mapping of the filter {@code plant/+/temp} that has these elements besides. */
    private Mapping read(final String elements) throws IOException, ConfigException {
        final Path file = home.resolve("config.xml");
        Files.writeString(file, """
                <kafka-configuration>
                  <kafka-clusters><kafka-cluster>
                    <id>c1</id><bootstrap-servers>127.0.0.1:9092</bootstrap-servers>
                  </kafka-cluster></kafka-clusters>
                  <mqtt-to-kafka-mappings><mqtt-to-kafka-mapping>
                    <id>m1</id><cluster-id>c1</cluster-id>
                    <mqtt-topic-filters><mqtt-topic-filter>plant/+/temp</mqtt-topic-filter></mqtt-topic-filters>
                    %s
                  </mqtt-to-kafka-mapping></mqtt-to-kafka-mappings>
                </kafka-configuration>
                """.formatted(elements));
        return ConfigFile.read(file, home, Map.of()).mappings().get(0);
    }

    private List<String> problems(final String elements) {
        final ConfigException error = catchThrowableOfType(ConfigException.class, () -> read(elements));
        assertThat(error).as("problems of " + elements).isNotNull();
        return error.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void read_ofAPlainMapping_fillsInDefaults() throws Exception {
        // When
        final Mapping mapping = read("<kafka-topic>temperatures</kafka-topic>");

        // Then
        assertThat(mapping)
                .isEqualTo(new Mapping(
                        "m1",
                        "c1",
                        List.of(TopicFilter.parse("plant/+/temp")),
                        List.of(),
                        PublishFilter.ALL,
                        new KafkaTopic(Template.parse("temperatures"), Optional.empty(), 1000, List.of()),
                        Optional.of(Template.parse("{topic}")),
                        Optional.empty(),
                        Optional.empty(),
                        new HeaderSettings(
                                Format.MQTT,
                                EnumSet.complementOf(EnumSet.of(Item.USERNAME, Item.TOPIC, Item.QOS)),
                                Template.parse("/mqtt/{client-id}"),
                                Template.parse("io.kafkabridge.mqtt.publish"),
                                List.of()),
                        Optional.empty(),
                        Optional.empty(),
                        true));
    }

    @Test
    void read_ofAMappingWithEverything_takesEverything() throws Exception {
        // When
        final Mapping mapping = read("""
                <except><mqtt-topic-filter>plant/test/#</mqtt-topic-filter></except>
                <filter>
                  <min-qos>1</min-qos>
                  <retained>never</retained>
                  <client-ids><client-id>sensor-*</client-id><client-id>plc?</client-id></client-ids>
                  <usernames><username>plant*</username></usernames>
                  <min-payload>1B</min-payload>
                  <max-payload>64KiB</max-payload>
                </filter>
                <kafka-topic>plant-{topic[1]}</kafka-topic>
                <slash-replacement>.</slash-replacement>
                <max-kafka-topics>50</max-kafka-topics>
                <allowed-kafka-topics><kafka-topic-pattern>plant-*</kafka-topic-pattern></allowed-kafka-topics>
                <key>{none}</key>
                <partition>{user-property:partition|0}</partition>
                <timestamp-property>ts</timestamp-property>
                <headers>
                  <format>cloudevents</format>
                  <ce-source>/plant/{topic[1]}</ce-source>
                  <ce-type>com.example.temperature</ce-type>
                  <username>true</username>
                  <qos>false</qos>
                  <header><name>site</name><value>{topic[1]}</value></header>
                  <header><name>fixed</name><value></value></header>
                </headers>
                <json><condition>temp > 30</condition><value>{"t": temp}</value></json>
                <topic-creation><partitions>6</partitions><replication-factor>3</replication-factor></topic-creation>
                <last-wills>false</last-wills>
                """);

        // Then
        assertThat(mapping.excepts()).containsExactly(TopicFilter.parse("plant/test/#"));
        assertThat(mapping.filter())
                .isEqualTo(new PublishFilter(
                        1,
                        Retained.NEVER,
                        List.of(new Glob("sensor-*"), new Glob("plc?")),
                        List.of(new Glob("plant*")),
                        1,
                        64 << 10));
        assertThat(mapping.kafkaTopic())
                .isEqualTo(new KafkaTopic(
                        Template.parse("plant-{topic[1]}"), Optional.of('.'), 50, List.of(new Glob("plant-*"))));
        assertThat(mapping.key()).isEmpty();
        assertThat(mapping.partition()).contains(Template.parse("{user-property:partition|0}"));
        assertThat(mapping.timestampProperty()).contains("ts");
        assertThat(mapping.headers())
                .isEqualTo(new HeaderSettings(
                        Format.CLOUDEVENTS,
                        EnumSet.complementOf(EnumSet.of(Item.QOS)),
                        Template.parse("/plant/{topic[1]}"),
                        Template.parse("com.example.temperature"),
                        List.of(
                                new Extra("site", Template.parse("{topic[1]}")),
                                new Extra("fixed", Template.parse("")))));
        assertThat(mapping.json()).contains(new JsonSettings(Optional.of("temp > 30"), Optional.of("{\"t\": temp}")));
        assertThat(mapping.topicCreation()).contains(new TopicCreation(6, (short) 3));
        assertThat(mapping.lastWills()).isFalse();
    }

    @Test
    void read_ofAKeyThatIsNotTheTopic_putsTheTopicIntoAHeader() throws Exception {
        assertThat(read("<kafka-topic>t</kafka-topic><key>{client-id}</key>")
                        .headers()
                        .items())
                .contains(Item.TOPIC);
        assertThat(read("<kafka-topic>t</kafka-topic><key>{none}</key>")
                        .headers()
                        .items())
                .contains(Item.TOPIC);
    }

    @Test
    void read_ofHeadersNone_leavesOutAllItems() throws Exception {
        final Mapping mapping =
                read("<kafka-topic>t</kafka-topic><key>{none}</key><headers><format>none</format></headers>");

        assertThat(mapping.headers().items()).isEqualTo(Set.of());
    }

    @Test
    void read_ofATopicCreationWithoutNumbers_leavesThemToTheBrokers() throws Exception {
        assertThat(read("<kafka-topic>t</kafka-topic><topic-creation/>").topicCreation())
                .contains(new TopicCreation(-1, (short) -1));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00ac',
            value = {
                "<excpt/> | mqtt-to-kafka-mapping > excpt: there is no such element; did you mean <except>?",
                "<except/> | except: at least one <mqtt-topic-filter> is needed",
                "<filter><min-qos>3</min-qos></filter> | filter > min-qos: \"3\": must be a number from 0 to 2",
                "<filter><min-qos>one</min-qos></filter> | must be a number from 0 to 2",
                "<filter><retained>yes</retained></filter> | must be only, never or any",
                "<filter><client-ids/></filter> | filter > client-ids: at least one <client-id> is needed",
                "<filter><usernames><username/></usernames></filter> | username: \"\": the value is empty",
                "<filter><max-payload>1</max-payload></filter> | must be a size such as 512KiB",
                "<filter><min-payload>2B</min-payload><max-payload>1B</max-payload></filter> | no publish gets through",
                "<filter><min-qs>1</min-qs></filter> | did you mean <min-qos>?",
                "<slash-replacement>/</slash-replacement> | must be one character that a Kafka topic may have",
                "<slash-replacement>--</slash-replacement> | must be one character that a Kafka topic may have",
                "<max-kafka-topics>0</max-kafka-topics> | must be a number from 1 to 1000000",
                "<allowed-kafka-topics/> | allowed-kafka-topics: at least one <kafka-topic-pattern> is needed",
                "<key></key> | key: \"\": the value is empty; {none} makes records without a key",
                "<key>{none}x</key> | {none} stands alone, and only in <key>",
                "<key>{username}</key> | \"{username}\": {username}: not every publish has it; give a default",
                "<key>{topic[3]}</key> | {topic[3]}: a topic that matches plant/+/temp may not have it; give a default",
                "<key>{tpic}</key> | key: \"{tpic}\": there is no {tpic}; did you mean {topic}?",
                "<partition>{user-property:p}</partition> | give a default, such as {user-property:p&vert;unknown}",
                "<partition>{user-property:p&vert;x}</partition> | a partition is a number from 0; what is constant in it",
                "<partition>-1</partition> | a partition is a number from 0",
                "<timestamp-property/> | timestamp-property: \"\": the value is empty",
                "<headers><format>kafka</format></headers> | must be mqtt, cloudevents or none",
                "<headers><qos>maybe</qos></headers> | headers > qos: \"maybe\": must be true or false",
                "<headers><client-di>true</client-di></headers> | did you mean <client-id>?",
                "<headers><ce-type>x</ce-type></headers> | need <format>cloudevents</format>",
                "<headers><format>none</format><qos>true</qos></headers> | there are no headers but <header>; remove <qos>",
                "<headers><format>cloudevents</format><ce-source>a b</ce-source></headers> | must be a URI",
                "<headers><format>cloudevents</format><ce-type>{username}</ce-type></headers> | give a default",
                "<headers><header><value>x</value></header></headers> | header: <name> is missing in it",
                "<headers><header><name>x</name></header></headers> | header: <value> is missing in it",
                "<headers><header><name>mqtt.qos</name><value/></header></headers> | writes this header itself",
                "<headers><format>cloudevents</format><header><name>ce_id</name><value/></header></headers> | writes this header",
                "<headers><format>cloudevents</format><header><name>ce_A</name><value/></header></headers> | 1 to 20 lower-case",
                "<json/> | json: it takes <condition>, <value> or both",
                "<topic-creation><partitions>0</partitions></topic-creation> | must be a number from 1",
                "<topic-creation><replicas>3</replicas></topic-creation> | known here: partitions, replication-factor",
                "<last-wills>maybe</last-wills> | last-wills: \"maybe\": must be true or false"
            })
    void read_ofAMistake_saysWhereAndWhatToDo(final String elements, final String problem) {
        assertThat(problems("<kafka-topic>plant-{topic[1]}</kafka-topic>" + elements.replace("&vert;", "|")))
                .singleElement()
                .asString()
                .startsWith("line 8, column ")
                .contains(problem.replace("&vert;", "|"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00ac',
            value = {
                "<kafka-topic>plant {topic[1]}</kafka-topic> | a Kafka topic can't have a \" \"; it has letters, digits,",
                "<kafka-topic>plant/{topic[1]}</kafka-topic> | can't have a \"/\"; it has letters, digits, dots, dashes and "
                        + "underscores; <slash-replacement> replaces slashes",
                "<kafka-topic>{topic}</kafka-topic> | {topic} always has a /, which a Kafka topic can't have; choose a level, "
                        + "such as {topic[0]}, or set <slash-replacement>",
                "<kafka-topic>{topic[1:]}</kafka-topic> | {topic[1:]} always has a /",
                "<kafka-topic>{username}</kafka-topic> | give a default",
                "<kafka-topic>a.{topic}</kafka-topic><slash-replacement>.</slash-replacement> | it has a \".\", which "
                        + "<slash-replacement> puts in for slashes: two names could become one; choose another character",
                "<kafka-topic>t</kafka-topic><slash-replacement>.</slash-replacement> | <slash-replacement> is for a "
                        + "<kafka-topic> with placeholders",
                "<kafka-topic>t</kafka-topic><max-kafka-topics>5</max-kafka-topics> | <max-kafka-topics> is for a",
                "<kafka-topic>t</kafka-topic><allowed-kafka-topics><kafka-topic-pattern>t</kafka-topic-pattern>"
                        + "</allowed-kafka-topics> | <allowed-kafka-topics> is for a <kafka-topic> with placeholders",
                "<kafka-topic>a{{b}}</kafka-topic> | a Kafka topic has 1 to 249 letters",
                "<key>x</key> | <kafka-topic> is missing in it"
            })
    void read_ofAnImpossibleKafkaTopic_saysWhatToDo(final String elements, final String problem) {
        assertThat(problems(elements)).singleElement().asString().contains(problem);
    }

    @Test
    void read_ofATemplateThatIsTooLong_saysSo() {
        assertThat(problems("<kafka-topic>" + "a".repeat(250) + "{topic[0]}</kafka-topic>"))
                .singleElement()
                .asString()
                .contains("a Kafka topic has at most 249 characters");
    }

    @Test
    void read_ofTheSameHeaderTwice_saysSo() {
        final String header = "<header><name>x</name><value>1</value></header>";

        assertThat(problems("<kafka-topic>t</kafka-topic><headers>" + header + header + "</headers>"))
                .singleElement()
                .asString()
                .contains("\"x\": this header is there already; every name stands once");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u00ac',
            value = {
                "temp + | Unexpected end of expression (character 6)",
                "temp > 30) | (character 10)",
                "\"a | String literal must be terminated by a matching quote",
                "$topc = 1 | there is no $topc; did you mean $topic? (character 1)",
                "a and $lenght(b) | there is no $lenght; did you mean $length? (character 7)",
                "$eval(code) | $eval isn't supported: it would run what a payload says",
                "$contains(id, /^a+$/) | regular expressions aren't supported, since a payload can make one run for hours",
                "a / b + $match(c, /x/) | use $contains, $split, $replace, $substringBefore or $substringAfter with a text "
                        + "(character 19)"
            })
    void read_ofAJsonataMistake_saysWhereInTheExpression(final String expression, final String problem) {
        assertThat(problems("<kafka-topic>t</kafka-topic><json><condition><![CDATA[" + expression
                        + "]]></condition></json>"))
                .singleElement()
                .asString()
                .startsWith("line 8, column 39: json > condition: ")
                .contains(problem);
    }

    @Test
    void read_ofAMistakeInALaterLineOfAnExpression_namesThatLine() {
        assertThat(
                        problems(
                                "<kafka-topic>t</kafka-topic><json><value>{\n  \"a\": temp,\n  \"b\": $nope(temp)\n}</value></json>"))
                .singleElement()
                .asString()
                .contains("there is no $nope; ", "(its line 3, character 8)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a / b / 2",
                "(a) / 2 > 1 and b[0] / 2 < 3",
                "* / 2",
                "/* a comment / with slashes */ a",
                "\"/not/ a regex\" = `a/b`",
                "$ ~> |$|{\"unit\": \"C\"}|",
                "($f := function($x, $y) { $x / $y }; $f(a, 2))",
                "a@$b.{\"x\": $b}",
                "items#$i[$i = 1]",
                "$map(a, function($v, $i) { $v })",
                "$.{\"topic\": $topic, \"all\": $$}",
                "$sum(a) > 1 or $not(b) in [true]",
                "$string($, true)",
                "$append(?, 1)"
            })
    void read_ofAJsonataExpression_takesIt(final String expression) throws Exception {
        final Mapping mapping =
                read("<kafka-topic>t</kafka-topic><json><value><![CDATA[" + expression + "]]></value></json>");

        assertThat(mapping.json().orElseThrow().value()).contains(expression);
    }
}
