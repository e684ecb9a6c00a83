/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what an author probably meant. */
public final class Spelling {

    private static final int FEWEST_EDITS = 2;
    private static final int LETTERS_PER_EDIT = 3;

    private Spelling() {}

    /**
     * The known word nearest to the written one: by the least number of letters put in, left out, changed or swapped
     * with their neighbour, at most one edit per three letters (but two for short words). Case does not count.
     *
     * @return empty where none is near
     */
    public static Optional<String> nearest(String written, Collection<String> known) {
        int limit = Math.max(FEWEST_EDITS, written.length() / LETTERS_PER_EDIT);
        String lower = written.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(word -> distance(lower, word.toLowerCase(Locale.ROOT)) <= Math.min(limit, word.length() - 1))
                .min(Comparator.comparingInt((String word) -> distance(lower, word.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code , did you mean 'x'?} or the empty text: the end of an error message. */
    public static String suggestion(String written, Collection<String> known) {
        return nearest(written, known)
                .map(word -> ", did you mean '" + word + "'?")
                .orElse("");
    }

    /** Optimal string alignment distance: https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
