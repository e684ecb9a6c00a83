/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

/**
 * The order of values of one type: numbers and timestamps by size, -0.0 below 0.0, false before true, texts by code points,
 * as UTF-8 sorts.
 */
public final class ValueOrder {

    private ValueOrder() {}

    /** Below zero where the left value comes first, zero where they are equal. */
    public static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return compareTexts(text, (String) right);
        }
        @SuppressWarnings("unchecked") // values of one type
        Comparable<Object> comparable = (Comparable<Object>) left;
        return comparable.compareTo(right);
    }

    /** Java's own order puts surrogate pairs before the last plain characters. */
    private static int compareTexts(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
                return pairs ? Character.isSurrogate(a) ? 1 : -1 : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
