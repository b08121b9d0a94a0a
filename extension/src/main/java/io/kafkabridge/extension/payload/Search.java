package io.kafkabridge.extension.payload;

/**
 * Looks for a text in another one, in a time that grows with their lengths only: where both are out of a payload, comparing at each
 * place could take hours (Knuth, Morris and Pratt). For one pair of texts.
 */
final class Search {

    /** Up to here, comparing at each place is quicker. */
    private static final int SHORT = 32;

    private final String text;
    private final String part;
    private final Bounds bounds;

    /** For each length of what matched, how much of it still matches when the next character doesn't; empty for short parts. */
    private final int[] next;

    Search(final String text, final String part, final Bounds bounds) {
        this.text = text;
        this.part = part;
        this.bounds = bounds;
        next = part.length() <= SHORT || part.length() > text.length() ? new int[0] : table();
    }

    private int[] table() {
        bounds.grow(part.length());
        final int[] table = new int[part.length() + 1];
        int matched = 0;
        for (int i = 1; i < part.length(); i++) {
            while (matched > 0 && part.charAt(i) != part.charAt(matched)) {
                matched = table[matched];
            }
            matched += part.charAt(i) == part.charAt(matched) ? 1 : 0;
            table[i + 1] = matched;
        }
        return table;
    }

    /** The first place from there on; -1 when there is none. */
    int from(final int start) {
        bounds.step();
        if (next.length == 0) {
            return text.indexOf(part, start);
        }
        int matched = 0;
        for (int i = start; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = next[matched];
            }
            matched += text.charAt(i) == part.charAt(matched) ? 1 : 0;
            if (matched == part.length()) {
                return i + 1 - matched;
            }
        }
        return -1;
    }
}
