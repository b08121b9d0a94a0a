package io.kafkabridge.extension.config;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.kafkabridge.common.TopicFilter;
import io.kafkabridge.extension.model.Glob;
import io.kafkabridge.extension.model.KafkaTopic;
import io.kafkabridge.extension.model.Template;
import io.kafkabridge.extension.model.Template.Field;
import io.kafkabridge.extension.model.Template.Placeholder;
import io.kafkabridge.extension.model.TopicLevels;

/** Reads a mapping's {@code <kafka-topic>} and what belongs to it. */
final class KafkaTopicReader {

    private static final int MAX_TOPICS = 1_000_000;
    private static final TopicLevels ALL_LEVELS = new TopicLevels(0, TopicLevels.OPEN);
    private static final String REPLACEMENT = "slash-replacement";
    private static final List<String> FOR_TEMPLATES = List.of(REPLACEMENT, "max-kafka-topics", "allowed-kafka-topics");

    private KafkaTopicReader() {}

    static @Nullable KafkaTopic read(final Section section, final List<TopicFilter> filters) {
        final Optional<Character> replacement = section.optional(REPLACEMENT, KafkaTopicReader::replacement);
        final int maxTopics = section.optional("max-kafka-topics", text -> Values.intBetween(text, 1, MAX_TOPICS))
                .orElse(KafkaTopic.DEFAULT_MAX_TOPICS);
        final List<Glob> allowed = section.section("allowed-kafka-topics")
                .map(child -> MappingReader.globs(child, "kafka-topic-pattern"))
                .orElse(List.of());
        final @Nullable Template name =
                section.required("kafka-topic", text -> name(text, filters, section.has(REPLACEMENT), replacement));
        if (name == null) {
            return null;
        }
        if (name.constant().isPresent()) {
            FOR_TEMPLATES.stream()
                    .filter(section::has)
                    .forEach(element -> section.problem("<" + element
                            + "> is for a <kafka-topic> with placeholders, such as plant-{topic[1]}; remove it"));
        }
        return new KafkaTopic(name, replacement, maxTopics, allowed);
    }

    private static Character replacement(final String text) {
        if (text.length() != 1 || !KafkaTopic.isLegal(text.charAt(0))) {
            throw new IllegalArgumentException(
                    "must be one character that a Kafka topic may have: a letter, a digit, a dot, a dash or an underscore");
        }
        return text.charAt(0);
    }

    /**
     * Parses a name or template.
     *
     * @throws IllegalArgumentException when it can't make a legal name, whatever is published
     */
    private static Template name(
            final String text,
            final List<TopicFilter> filters,
            final boolean replacesSlashes,
            final Optional<Character> replacement) {
        final Template template = Template.parse(text);
        if (template.constant().isPresent()) {
            Values.kafkaTopic(template.constant().get());
            return template;
        }
        template.requireAlways(filters);
        final String constants = template.filled("");
        for (int i = 0; i < constants.length(); i++) {
            final char c = constants.charAt(i);
            if (c == '/' ? !replacesSlashes : !KafkaTopic.isLegal(c)) {
                throw new IllegalArgumentException("a Kafka topic can't have a \"" + c + "\"; it has letters, digits, "
                        + "dots, dashes and underscores"
                        + (c == '/' ? "; <" + REPLACEMENT + "> replaces slashes" : ""));
            }
            if (replacement.isPresent() && c == replacement.get()) {
                throw new IllegalArgumentException("it has a \"" + c + "\", which <" + REPLACEMENT
                        + "> puts in for slashes: two names could become one; choose another character");
            }
        }
        if (constants.length() > KafkaTopic.MAX_LENGTH) {
            throw new IllegalArgumentException("a Kafka topic has at most " + KafkaTopic.MAX_LENGTH + " characters");
        }
        if (!replacesSlashes) {
            template.placeholders().forEach(placeholder -> requireOneLevel(placeholder, filters));
        }
        return template;
    }

    /** Refuses levels that always have a slash between them. */
    private static void requireOneLevel(final Placeholder placeholder, final List<TopicFilter> filters) {
        if (placeholder.field() == Field.TOPIC
                && placeholder.levels().orElse(ALL_LEVELS).fewest(filters) > 1) {
            throw new IllegalArgumentException(placeholder + " always has a /, which a Kafka topic can't have; "
                    + "choose a level, such as {topic[0]}, or set <" + REPLACEMENT + ">");
        }
    }
}
