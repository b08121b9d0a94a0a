package io.kafkabridge.common;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant. */
public final class Nearest {

    private Nearest() {}

    /** A sentence that names the nearest known element, or all of them when none is near. */
    public static String hint(final String name, final Collection<String> known) {
        return hint(name, known, "<", ">");
    }

    /** As {@link #hint(String, Collection)}, for names that are written between other signs. */
    public static String hint(
            final String name, final Collection<String> known, final String before, final String after) {
        return of(name, known)
                .map(candidate -> "did you mean " + before + candidate + after + "?")
                .orElseGet(() -> "known here: " + String.join(", ", known));
    }

    /** The nearest known name; empty when none is near. */
    public static Optional<String> of(final String name, final Collection<String> known) {
        return of(name, known, Math.max(2, name.length() / 3));
    }

    /**
     * The nearest known name.
     *
     * @param typos how many letters may be wrong, missing or too many
     * @return empty when none is that near
     */
    public static Optional<String> of(final String name, final Collection<String> known, final int typos) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= typos);
    }

    /** The Levenshtein distance. */
    private static int distance(final String a, final String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
