package io.kafkabridge.extension.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Looks through the tokens of a JSONata expression for what its parser doesn't tell: the variables in it, and regular
 * expressions. As in the parser, a slash begins a regular expression where a value is expected, and divides after one.
 *
 * @param used the names of variables and functions, without the {@code $}, with the place of their first use
 * @param declared those that the expression declares itself
 * @param regexAt where the first regular expression begins; -1 when there is none
 */
record JsonataScan(Map<String, Integer> used, Set<String> declared, int regexAt) {

    private static final String OPERATORS = ".[]{}(),@#;:?+-*/%|=<>^&!~'\"`";
    private static final Set<String> WORD_OPERATORS = Set.of("and", "or", "in");

    static JsonataScan of(final String expression) {
        return new Scanner(expression).scan();
    }

    private static final class Scanner {

        private final String text;
        private final Map<String, Integer> used = new LinkedHashMap<>();
        private final Set<String> declared = new HashSet<>();
        private int position;

        /** Whether the last token ended a value, so that an operator may follow. */
        private boolean afterValue;

        /** Between the parentheses of a {@code function(}. */
        private boolean inParameters;

        private char last = ' ';

        Scanner(final String text) {
            this.text = text;
        }

        JsonataScan scan() {
            while (position < text.length()) {
                final char next = text.charAt(position);
                if (Character.isWhitespace(next)) {
                    position++;
                } else if (text.startsWith("/*", position)) {
                    position = after(text.indexOf("*/", position + 2), 2);
                } else if (next == '/' && !afterValue) {
                    return new JsonataScan(used, declared, position);
                } else if (OPERATORS.indexOf(next) < 0) {
                    word();
                } else if (next == '"' || next == '\'' || next == '`') {
                    quoted(next);
                } else {
                    operator(next);
                }
            }
            return new JsonataScan(used, declared, -1);
        }

        /** The position after something of that length; the end of the text when it isn't there. */
        private int after(final int found, final int length) {
            return found < 0 ? text.length() : found + length;
        }

        private void quoted(final char quote) {
            position++;
            while (position < text.length() && text.charAt(position) != quote) {
                position += text.charAt(position) == '\\' && quote != '`' ? 2 : 1;
            }
            position++;
            token(quote, true);
        }

        private void word() {
            final int start = position;
            while (position < text.length()
                    && !Character.isWhitespace(text.charAt(position))
                    && OPERATORS.indexOf(text.charAt(position)) < 0) {
                position++;
            }
            final String word = text.substring(start, position);
            if (word.startsWith("$")) {
                variable(word.substring(1), start);
            } else if (word.equals("function") || word.equals("\u03bb")) {
                inParameters = rest().startsWith("(");
            }
            token('a', !(afterValue && WORD_OPERATORS.contains(word)));
        }

        private void variable(final String name, final int start) {
            if (name.isEmpty() || name.equals("$")) {
                return; // The context and the root.
            }
            if (inParameters || last == '@' || last == '#' || rest().startsWith(":=")) {
                declared.add(name);
            }
            used.putIfAbsent(name, start);
        }

        private String rest() {
            return text.substring(position).stripLeading();
        }

        private void operator(final char operator) {
            final boolean descendants = text.startsWith("**", position) && !afterValue;
            position += descendants ? 2 : 1;
            inParameters &= operator != ')';
            // Where a value is expected, these stand for one: all fields, the parent, a parameter that is left open.
            final boolean value = ")]}".indexOf(operator) >= 0 || (!afterValue && "*%?".indexOf(operator) >= 0);
            token(operator, value);
        }

        private void token(final char first, final boolean isValue) {
            last = first;
            afterValue = isValue;
        }
    }
}
