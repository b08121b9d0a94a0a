package io.kafkabridge.extension.payload;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils.JList;
import org.jspecify.annotations.Nullable;

/** The text that $string and the &amp; operator make of a value, as JavaScript's {@code JSON.stringify} does. For one text. */
final class JsonText {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Bounds bounds;
    private final boolean pretty;
    private int depth;
    private int counted;

    private JsonText(final Bounds bounds, final boolean pretty) {
        this.bounds = bounds;
        this.pretty = pretty;
    }

    /** The text of a value that isn't undefined; a text is itself. */
    static String of(final Object value, final boolean pretty, final Bounds bounds) {
        if (value instanceof String string) {
            return string;
        }
        if (value instanceof Number number) {
            return Numbers.text(number);
        }
        if (Values.isFunction(value)) {
            return "";
        }
        final JsonText text = new JsonText(bounds, pretty);
        text.value(value instanceof JList<?> list && list.outerWrapper ? list.get(0) : value);
        return text.text.toString();
    }

    private void value(final @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            members(members.entrySet().iterator());
        } else if (value instanceof List<?> elements) {
            elements(elements.iterator());
        } else if (value instanceof String string) {
            quoted(string);
        } else if (value instanceof Number number) {
            text.append(Numbers.text(number));
        } else if (value instanceof Boolean) {
            text.append(value);
        } else {
            text.append(value == null || value == Jsonata.NULL_VALUE ? "null" : "\"\""); // A function is an empty text.
        }
        final int length = text.length();
        if (length > Bounds.MAX_LENGTH) {
            bounds.text(length);
        }
        bounds.text((long) length - counted);
        counted = length;
    }

    private void members(final Iterator<? extends Map.Entry<?, ?>> members) {
        open('{');
        boolean any = false;
        while (members.hasNext()) {
            final Map.Entry<?, ?> member = members.next();
            next(any);
            any = true;
            quoted(String.valueOf(member.getKey()));
            text.append(pretty ? ": " : ":");
            value(member.getValue());
        }
        close(any, '}');
    }

    private void elements(final Iterator<?> elements) {
        open('[');
        boolean any = false;
        while (elements.hasNext()) {
            next(any);
            any = true;
            value(elements.next());
        }
        close(any, ']');
    }

    private void open(final char bracket) {
        bounds.nest();
        depth++;
        text.append(bracket);
    }

    private void next(final boolean more) {
        if (more) {
            text.append(',');
        }
        newLine();
    }

    private void close(final boolean any, final char bracket) {
        depth--;
        bounds.unnest();
        if (any) {
            newLine();
        }
        text.append(bracket);
    }

    private void newLine() {
        if (pretty) {
            text.append('\n');
            for (int i = 0; i < depth; i++) {
                text.append(INDENT);
            }
        }
    }

    private void quoted(final String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            final char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\b' -> text.append("\\b");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\f' -> text.append("\\f");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < ' ') {
                        text.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
