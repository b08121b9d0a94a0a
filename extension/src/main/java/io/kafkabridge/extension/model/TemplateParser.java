package io.kafkabridge.extension.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.kafkabridge.common.Nearest;
import io.kafkabridge.extension.model.Template.Field;
import io.kafkabridge.extension.model.Template.Part;
import io.kafkabridge.extension.model.Template.Placeholder;
import io.kafkabridge.extension.model.Template.Text;

/** Parses a {@link Template}. For one text. */
final class TemplateParser {

    private final String source;
    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int position;

    TemplateParser(final String source) {
        this.source = source;
    }

    Template parse() {
        while (position < source.length()) {
            final char next = source.charAt(position);
            if (next != '{' && next != '}') {
                text.append(next);
                position++;
            } else if (source.startsWith(String.valueOf(next), position + 1)) {
                text.append(next);
                position += 2;
            } else if (next == '{') {
                endText();
                parts.add(placeholder());
            } else {
                throw new IllegalArgumentException("a } without a {; write }} for a brace that is part of the text");
            }
        }
        endText();
        return new Template(parts);
    }

    private void endText() {
        if (!text.isEmpty()) {
            parts.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    private Placeholder placeholder() {
        final int end = source.indexOf('}', position);
        final String content = end < 0 ? "" : source.substring(position + 1, end);
        if (end < 0 || content.indexOf('{') >= 0) {
            throw new IllegalArgumentException(
                    "a { without its }; write {{ and }} for braces that are part of the text");
        }
        position = end + 1;
        final int bar = content.indexOf('|');
        final Optional<String> fallback = bar < 0 ? Optional.empty() : Optional.of(content.substring(bar + 1));
        return placeholder(bar < 0 ? content : content.substring(0, bar), fallback);
    }

    private static Placeholder placeholder(final String content, final Optional<String> fallback) {
        if (content.startsWith("topic[") && content.endsWith("]")) {
            final String levels = content.substring("topic[".length(), content.length() - 1);
            return new Placeholder(Field.TOPIC, Optional.of(TopicLevels.parse(levels)), "", fallback);
        }
        final int colon = content.indexOf(':');
        final String name = colon < 0 ? content : content.substring(0, colon);
        final String property = content.substring(name.length() + (colon < 0 ? 0 : 1));
        final Field field = Arrays.stream(Field.values())
                .filter(known -> known.placeholder().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(content, name));
        if (field == Field.USER_PROPERTY ? property.isEmpty() : colon >= 0) {
            throw new IllegalArgumentException(
                    field == Field.USER_PROPERTY
                            ? "{user-property} lacks the property's name: {user-property:name}"
                            : "{" + content + "}: {" + name + "} has nothing after a colon");
        }
        return new Placeholder(field, Optional.empty(), property, fallback);
    }

    private static IllegalArgumentException unknown(final String content, final String name) {
        return new IllegalArgumentException(
                content.equals("none")
                        ? "{none} stands alone, and only in <key>"
                        : "there is no {" + content + "}; " + Nearest.hint(name, Field.names(), "{", "}"));
    }
}
