package io.kafkabridge.extension.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.HeaderSettings.Extra;
import io.kafkabridge.extension.model.HeaderSettings.Format;
import io.kafkabridge.extension.model.HeaderSettings.Item;
import io.kafkabridge.extension.model.KafkaTopic;
import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.Mapping.JsonSettings;
import io.kafkabridge.extension.model.Mapping.Timestamp;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.PublishFilter.Retained;
import io.kafkabridge.extension.model.Template;

import static org.assertj.core.api.Assertions.assertThat;

class MappingReaderTest extends MappingFixture {

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
                        true,
                        false));
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
                <timestamp-max-ahead>90min</timestamp-max-ahead>
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
                <reject-expired>true</reject-expired>
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
        assertThat(mapping.timestamp()).contains(new Timestamp("ts", Duration.ofMinutes(90)));
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
        assertThat(mapping.rejectExpired()).isTrue();
    }

    @Test
    void read_ofATimestampProperty_takesAnHourAheadLikeKafka() throws Exception {
        assertThat(read("<kafka-topic>t</kafka-topic><timestamp-property>ts</timestamp-property>")
                        .timestamp())
                .contains(new Timestamp("ts", Duration.ofHours(1)));
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
