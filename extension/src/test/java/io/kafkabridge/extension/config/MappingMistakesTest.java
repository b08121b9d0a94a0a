package io.kafkabridge.extension.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a mapping can get wrong, and what its reader says to that. */
class MappingMistakesTest extends MappingFixture {

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
                "<timestamp-max-ahead>1h</timestamp-max-ahead> | \"1h\": is for a <timestamp-property>; add that",
                "<timestamp-property>t</timestamp-property><timestamp-max-ahead>1ms</timestamp-max-ahead> | from 1s to 87600h",
                "<reject-expired>maybe</reject-expired> | reject-expired: \"maybe\": must be true or false",
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
                "<headers><header><name>kafka-bridge.x</name><value/></header></headers> | names that begin with kafka-bridge.",
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
}
