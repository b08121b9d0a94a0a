package io.kafkabridge.extension.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.HeaderSettings;
import io.kafkabridge.extension.model.KafkaTopic;
import io.kafkabridge.extension.model.KafkaTopic.TopicCreation;
import io.kafkabridge.extension.model.Mapping;
import io.kafkabridge.extension.model.Mapping.JsonSettings;
import io.kafkabridge.extension.model.Mapping.Timestamp;
import io.kafkabridge.extension.model.PublishFilter;
import io.kafkabridge.extension.model.PublishFilter.Retained;
import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.model.Template.Field;

/** Reads an {@code <mqtt-to-kafka-mapping>}. */
final class MappingReader {

    private static final String NO_KEY = "{none}";
    private static final Duration MIN_AHEAD = Duration.ofSeconds(1);
    private static final Duration MAX_AHEAD = Duration.ofDays(3650);
    private static final int MAX_PARTITIONS = 1_000_000;
    private static final int MAX_REPLICATION_FACTOR = 1_000;

    /** More than MQTT allows for a packet. */
    private static final long MAX_PAYLOAD = 256L << 20;

    private MappingReader() {}

    static @Nullable Mapping read(final Section section, final Set<String> clusterIds, final Set<String> ids) {
        section.allow(
                "id",
                "cluster-id",
                "mqtt-topic-filters",
                "except",
                "filter",
                "kafka-topic",
                "slash-replacement",
                "max-kafka-topics",
                "allowed-kafka-topics",
                "key",
                "partition",
                "timestamp-property",
                "timestamp-max-ahead",
                "headers",
                "json",
                "topic-creation",
                "last-wills",
                "reject-expired");
        final @Nullable String id = section.required("id", ConfigFile.unique(ids));
        final @Nullable String clusterId = section.required("cluster-id", known(clusterIds));
        final List<TopicFilter> filters = topicFilters(section.requiredSection("mqtt-topic-filters"));
        final List<TopicFilter> excepts =
                section.section("except").map(MappingReader::topicFilters).orElse(List.of());
        final PublishFilter filter =
                section.section("filter").map(MappingReader::filter).orElse(PublishFilter.ALL);
        final @Nullable KafkaTopic kafkaTopic = KafkaTopicReader.read(section, filters);
        final Optional<Template> key =
                section.optional("key", text -> key(text, filters)).orElse(Optional.of(Template.of(Field.TOPIC)));
        final Optional<Template> partition = section.optional("partition", text -> partition(text, filters));
        final Optional<Timestamp> timestamp = timestamp(section);
        final HeaderSettings headers = HeadersReader.read(
                section.section("headers"),
                filters,
                key.filter(template -> template.isOnly(Field.TOPIC)).isPresent());
        final Optional<JsonSettings> json = section.section("json").map(MappingReader::json);
        final Optional<TopicCreation> topicCreation =
                section.section("topic-creation").map(MappingReader::topicCreation);
        final boolean lastWills = section.optional("last-wills", Values::bool).orElse(true);
        final boolean rejectExpired =
                section.optional("reject-expired", Values::bool).orElse(false);
        if (id == null || clusterId == null || kafkaTopic == null) {
            return null;
        }
        return new Mapping(
                id,
                clusterId,
                filters,
                excepts,
                filter,
                kafkaTopic,
                key,
                partition,
                timestamp,
                headers,
                json,
                topicCreation,
                lastWills,
                rejectExpired);
    }

    private static Function<String, String> known(final Set<String> clusterIds) {
        return text -> {
            if (!clusterIds.contains(text)) {
                throw new IllegalArgumentException(
                        "no <kafka-cluster> has this id; known: " + String.join(", ", clusterIds));
            }
            return text;
        };
    }

    private static List<TopicFilter> topicFilters(final Section section) {
        return section.listOf("mqtt-topic-filter").list("mqtt-topic-filter", TopicFilter::parse);
    }

    private static Optional<Template> key(final String text, final List<TopicFilter> filters) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the value is empty; " + NO_KEY + " makes records without a key");
        }
        return text.equals(NO_KEY)
                ? Optional.empty()
                : Optional.of(Template.parse(text).requireAlways(filters));
    }

    private static Optional<Timestamp> timestamp(final Section section) {
        final Optional<String> property = section.optional("timestamp-property", Values::nonEmpty);
        final Duration maxAhead = section.optional("timestamp-max-ahead", text -> {
                    if (!section.has("timestamp-property")) {
                        throw new IllegalArgumentException("is for a <timestamp-property>; add that, or remove this");
                    }
                    return Values.durationBetween(text, MIN_AHEAD, MAX_AHEAD);
                })
                .orElse(Timestamp.DEFAULT_MAX_AHEAD);
        return property.map(name -> new Timestamp(name, maxAhead));
    }

    private static Template partition(final String text, final List<TopicFilter> filters) {
        final Template template = Template.parse(Values.nonEmpty(text)).requireAlways(filters);
        final boolean digits = isNumber(template.filled("0"))
                && template.placeholders().stream()
                        .allMatch(placeholder -> isNumber(placeholder.fallback().orElse("0")));
        if (!digits) {
            throw new IllegalArgumentException("a partition is a number from 0; what is constant in it must be digits");
        }
        return template;
    }

    private static boolean isNumber(final String text) {
        return text.matches("[0-9]{1,9}");
    }

    private static JsonSettings json(final Section section) {
        section.allow("condition", "value");
        if (!section.has("condition") && !section.has("value")) {
            section.problem("it takes <condition>, <value> or both");
        }
        return new JsonSettings(
                section.optional("condition", JsonataCheck::check), section.optional("value", JsonataCheck::check));
    }

    private static TopicCreation topicCreation(final Section section) {
        section.allow("partitions", "replication-factor");
        return new TopicCreation(
                section.optional("partitions", text -> Values.intBetween(text, 1, MAX_PARTITIONS))
                        .orElse(-1),
                section.optional("replication-factor", text -> Values.intBetween(text, 1, MAX_REPLICATION_FACTOR))
                        .orElse(-1)
                        .shortValue());
    }

    private static PublishFilter filter(final Section section) {
        section.allow("min-qos", "retained", "client-ids", "usernames", "min-payload", "max-payload");
        final PublishFilter all = PublishFilter.ALL;
        final PublishFilter filter = new PublishFilter(
                section.optional("min-qos", text -> Values.intBetween(text, 0, 2))
                        .orElse(all.minQos()),
                section.optional("retained", MappingReader::retained).orElse(all.retained()),
                globs(section, "client-ids", "client-id"),
                globs(section, "usernames", "username"),
                section.optional("min-payload", MappingReader::payload).orElse(all.minPayload()),
                section.optional("max-payload", MappingReader::payload).orElse(all.maxPayload()));
        if (filter.minPayload() > filter.maxPayload()) {
            section.problem("<min-payload> is more than <max-payload>, so no publish gets through");
        }
        return filter;
    }

    private static Retained retained(final String text) {
        return switch (text) {
            case "any" -> Retained.ANY;
            case "only" -> Retained.ONLY;
            case "never" -> Retained.NEVER;
            default -> throw new IllegalArgumentException("must be only, never or any");
        };
    }

    private static long payload(final String text) {
        return Values.sizeBetween(text, 0, MAX_PAYLOAD);
    }

    private static List<Glob> globs(final Section section, final String list, final String name) {
        return section.section(list).map(child -> globs(child, name)).orElse(List.of());
    }

    /** The patterns of a list, at least one. */
    static List<Glob> globs(final Section section, final String name) {
        return section.listOf(name).list(name, Glob::parse);
    }
}
