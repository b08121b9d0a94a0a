package io.kafkabridge.extension.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import org.jspecify.annotations.Nullable;

/** Functions of JSONata that the library has otherwise than the bridge needs them. */
final class JsonFunctions {

    private JsonFunctions() {}

    static void register(final Jsonata expression) {
        // The library's clone goes through text and makes doubles of all numbers.
        expression.registerFunction("clone", new JFunction((input, args) -> copy(args.get(0)), "<(oa)-:o>"));
        // With a limit, the library's takes the text for a regular expression.
        expression.registerFunction(
                "replace",
                new JFunction(
                        (input, args) -> replace(
                                (String) args.get(0), (String) args.get(1), (String) args.get(2), (Number) args.get(3)),
                        "<s-ssn?:s>"));
        // The library's are those of the thread's first evaluation.
        expression.registerFunction("millis", new JFunction((input, args) -> System.currentTimeMillis(), "<:n>"));
        expression.registerFunction(
                "now",
                new JFunction(
                        (input, args) -> Functions.dateTimeFromMillis(
                                System.currentTimeMillis(), (String) args.get(0), (String) args.get(1)),
                        "<s?s?:s>"));
    }

    private static @Nullable Object copy(final @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            final Map<Object, @Nullable Object> copied = new LinkedHashMap<>();
            members.forEach((name, member) -> copied.put(name, copy(member)));
            return copied;
        }
        if (value instanceof List<?> elements) {
            final List<@Nullable Object> copied = new ArrayList<>();
            elements.forEach(element -> copied.add(copy(element)));
            return copied;
        }
        return value;
    }

    private static @Nullable String replace(
            final @Nullable String text, final String part, final String replacement, final @Nullable Number limit) {
        if (text == null || part.isEmpty()) {
            return text;
        }
        final StringBuilder replaced = new StringBuilder();
        int start = 0;
        for (int left = limit == null ? Integer.MAX_VALUE : limit.intValue(); left > 0; left--) {
            final int found = text.indexOf(part, start);
            if (found < 0) {
                break;
            }
            replaced.append(text, start, found).append(replacement);
            start = found + part.length();
        }
        return replaced.append(text, start, text.length()).toString();
    }
}
