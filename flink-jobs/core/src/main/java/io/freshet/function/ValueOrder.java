/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

/**
 * The order of values of one type: numbers and timestamps by size, -0.0 below 0.0, false before true, texts by code points,
 * as UTF-8 sorts.
 */
public final class ValueOrder {

    private ValueOrder() {}

    /**
     * What stands for a value where distinct values are told apart, by all functions that do: 0.0 for -0.0, as to SQL both
     * are one value; everything else for itself.
     */
    public static Object distinct(Object value) {
        // Adding 0.0 turns -0.0 into 0.0 and leaves all else.
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }

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
