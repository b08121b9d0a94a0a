package io.kafkabridge.extension.model;

/**
 * A pattern for names: {@code *} is any number of characters, {@code ?} is one.
 *
 * @param pattern the pattern
 */
public record Glob(String pattern) {

    public static Glob parse(final String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the value is empty");
        }
        return new Glob(text);
    }

    /** Whether the whole name matches. Goes back to the last {@code *} only, so no name makes it slow. */
    public boolean matches(final String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starredTo = 0;
        while (n < name.length()) {
            final char expected = p < pattern.length() ? pattern.charAt(p) : '\0';
            if (expected == '*') {
                star = p++;
                starredTo = n;
            } else if (p < pattern.length() && (expected == '?' || expected == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starredTo;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
