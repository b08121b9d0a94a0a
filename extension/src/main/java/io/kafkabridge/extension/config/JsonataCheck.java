package io.kafkabridge.extension.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;

import io.kafkabridge.common.Nearest;

/**
 * Checks JSONata expressions at load: their syntax, the names in them, and that they use nothing that can't be bounded while
 * it runs on HiveMQ's threads.
 */
final class JsonataCheck {

    /** What the bridge tells an expression about the publish, without the {@code $}. */
    private static final List<String> VARIABLES =
            List.of("topic", "clientId", "username", "userProperties", "qos", "retain");

    /** JSONata's own functions, without {@code $eval}. */
    private static final List<String> FUNCTIONS = List.of(
            "abs",
            "append",
            "assert",
            "average",
            "base64decode",
            "base64encode",
            "boolean",
            "ceil",
            "clone",
            "contains",
            "count",
            "decodeUrl",
            "decodeUrlComponent",
            "distinct",
            "each",
            "encodeUrl",
            "encodeUrlComponent",
            "error",
            "exists",
            "filter",
            "floor",
            "formatBase",
            "formatInteger",
            "formatNumber",
            "fromMillis",
            "join",
            "keys",
            "length",
            "lookup",
            "lowercase",
            "map",
            "max",
            "merge",
            "millis",
            "min",
            "not",
            "now",
            "number",
            "pad",
            "parseInteger",
            "power",
            "random",
            "reduce",
            "replace",
            "reverse",
            "round",
            "shuffle",
            "sift",
            "single",
            "sort",
            "split",
            "spread",
            "sqrt",
            "string",
            "substring",
            "substringAfter",
            "substringBefore",
            "sum",
            "toMillis",
            "trim",
            "type",
            "uppercase",
            "zip");

    private JsonataCheck() {}

    /**
     * Checks an expression.
     *
     * @return the expression
     * @throws IllegalArgumentException when it can't be used, with the reason and the place in it
     */
    static String check(final String expression) {
        Values.nonEmpty(expression);
        try {
            Jsonata.jsonata(expression);
        } catch (final JException e) {
            // JSONata counts to the end of the token.
            throw new IllegalArgumentException(e.getMessage() + place(expression, e.getLocation() - 1), e);
        } catch (final RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("it isn't a JSONata expression", e);
        }
        final JsonataScan scan = JsonataScan.of(expression);
        if (scan.regexAt() >= 0) {
            throw new IllegalArgumentException(
                    "regular expressions aren't supported, since a payload can make one run for "
                            + "hours; use $contains, $split, $replace, $substringBefore or $substringAfter with a text"
                            + place(expression, scan.regexAt()));
        }
        scan.used().forEach((name, position) -> checkName(name, scan.declared(), expression, position));
        return expression;
    }

    private static void checkName(
            final String name, final Set<String> declared, final String expression, final int position) {
        if (name.equals("eval")) {
            throw new IllegalArgumentException(
                    "$eval isn't supported: it would run what a payload says" + place(expression, position));
        }
        if (!declared.contains(name) && !VARIABLES.contains(name) && !FUNCTIONS.contains(name)) {
            final List<String> known = new ArrayList<>(VARIABLES);
            known.addAll(FUNCTIONS);
            known.addAll(declared);
            throw new IllegalArgumentException(
                    "there is no $" + name + "; " + Nearest.hint(name, known, "$", "") + place(expression, position));
        }
    }

    private static String place(final String expression, final int position) {
        if (position < 0 || position > expression.length()) {
            return "";
        }
        final String before = expression.substring(0, position);
        final int line = (int) before.chars().filter(c -> c == '\n').count();
        final int column = position - before.lastIndexOf('\n');
        return line == 0 ? " (character " + column + ")" : " (its line " + (line + 1) + ", character " + column + ")";
    }
}
