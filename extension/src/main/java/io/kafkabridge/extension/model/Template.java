package io.kafkabridge.extension.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.kafkabridge.common.TopicFilter;

/**
 * Text with placeholders for what a publish has, such as <code>plant-{topic[1]}</code>.
 *
 * @param parts constant text and placeholders, in their order; no two texts in a row
 */
public record Template(List<Part> parts) {

    /** What a placeholder may stand for. */
    public enum Field {
        TOPIC("topic", true),
        CLIENT_ID("client-id", true),
        USERNAME("username", false),
        QOS("qos", true),
        RETAIN("retain", true),
        PACKET_ID("packet-id", false),
        USER_PROPERTY("user-property", false),
        CONTENT_TYPE("content-type", false),
        RESPONSE_TOPIC("response-topic", false),
        CORRELATION_DATA("correlation-data", false),
        UUID("uuid", true);

        private final String name;
        private final boolean always;

        Field(final String name, final boolean always) {
            this.name = name;
            this.always = always;
        }

        static List<String> names() {
            return Arrays.stream(values()).map(Field::placeholder).toList();
        }

        /** Its name in a template. */
        public String placeholder() {
            return name;
        }
    }

    /** A piece of a template. */
    public sealed interface Part {}

    /**
     * Constant text.
     *
     * @param text not empty
     */
    public record Text(String text) implements Part {}

    /**
     * A placeholder.
     *
     * @param field what it stands for
     * @param levels which levels of the {@link Field#TOPIC}; empty for all
     * @param property the name of the {@link Field#USER_PROPERTY}; empty for other fields
     * @param fallback the text when the publish doesn't have it
     */
    public record Placeholder(Field field, Optional<TopicLevels> levels, String property, Optional<String> fallback)
            implements Part {

        /** Why it may be missing in a publish that one of the filters matches; empty when it can't be. */
        private Optional<String> mayBeMissing(final List<TopicFilter> filters) {
            if (fallback.isPresent() || filters.isEmpty()) {
                return Optional.empty();
            }
            if (levels.isPresent()) {
                return filters.stream()
                        .filter(filter -> levels.get().fewest(List.of(filter)) == 0)
                        .findFirst()
                        .map(filter -> "a topic that matches " + filter + " may not have it");
            }
            return field.always ? Optional.empty() : Optional.of("not every publish has it");
        }

        private String name() {
            return field.placeholder()
                    + levels.map(TopicLevels::toString).orElse("")
                    + (property.isEmpty() ? "" : ":" + property);
        }

        @Override
        public String toString() {
            return "{" + name() + fallback.map(text -> "|" + text).orElse("") + "}";
        }
    }

    public Template {
        parts = List.copyOf(parts);
    }

    /**
     * Parses a template.
     *
     * @throws IllegalArgumentException when it isn't one; the message is the rule it breaks
     */
    public static Template parse(final String text) {
        return new TemplateParser(text).parse();
    }

    /** A template that is one placeholder, such as the default key. */
    public static Template of(final Field field) {
        return new Template(List.of(new Placeholder(field, Optional.empty(), "", Optional.empty())));
    }

    /** The text of a template without placeholders. */
    public Optional<String> constant() {
        return parts.stream().allMatch(Text.class::isInstance) ? Optional.of(filled("")) : Optional.empty();
    }

    /** Whether the template is that placeholder and nothing else, apart from a default. */
    public boolean isOnly(final Field field) {
        return parts.size() == 1
                && parts.get(0) instanceof Placeholder placeholder
                && placeholder.field() == field
                && placeholder.levels().isEmpty();
    }

    /** The placeholders. */
    public List<Placeholder> placeholders() {
        return parts.stream()
                .filter(Placeholder.class::isInstance)
                .map(Placeholder.class::cast)
                .toList();
    }

    /** The text with the same value for every placeholder. */
    public String filled(final String value) {
        return parts.stream()
                .map(part -> part instanceof Text text ? text.text() : value)
                .collect(Collectors.joining());
    }

    /** Whether a placeholder without a default may have no value in some publish, whatever its topic. */
    boolean mayBeIncomplete() {
        return placeholders().stream()
                .anyMatch(placeholder -> placeholder.fallback().isEmpty()
                        && (placeholder.levels().isPresent() || !placeholder.field().always));
    }

    /**
     * Refuses a template that may come out incomplete.
     *
     * @param filters what the topics of all publishes match, one of them at least
     * @throws IllegalArgumentException with the placeholder and what to do
     */
    public Template requireAlways(final List<TopicFilter> filters) {
        for (final Placeholder placeholder : placeholders()) {
            placeholder.mayBeMissing(filters).ifPresent(reason -> {
                throw new IllegalArgumentException(
                        placeholder + ": " + reason + "; give a default, such as {" + placeholder.name() + "|unknown}");
            });
        }
        return this;
    }

    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part instanceof Text text
                        ? text.text().replace("{", "{{").replace("}", "}}")
                        : part.toString())
                .collect(Collectors.joining());
    }
}
