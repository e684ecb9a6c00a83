/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a value is, and how far an honest computation may be from it.
 *
 * @param value the value, computed exactly and rounded once; null is SQL's null
 * @param tolerance how far a number may be off; 0 where every bit counts. Its reason stands where it is made
 * @param mayOverflow whether null is right too, because the sum may leave the range of doubles on the way
 */
public record Answer(@Nullable Object value, double tolerance, boolean mayOverflow) {

    /** An answer of which every bit counts. */
    static Answer exact(@Nullable Object value) {
        return new Answer(value, 0, false);
    }

    /** Whether that value, in the form of its type, agrees with this answer. */
    public boolean agreesWith(@Nullable Object actual) {
        if (actual == null) {
            return value == null || mayOverflow;
        }
        if (value == null) {
            return mayOverflow;
        }
        if (tolerance == 0) {
            return value.equals(actual);
        }
        if (value.getClass() != actual.getClass()) {
            return false;
        }
        double expected = ((Number) value).doubleValue();
        return Math.abs(((Number) actual).doubleValue() - expected) <= tolerance;
    }

    /** {@code 12.5 (+- 1.0E-9)}. */
    @Override
    public String toString() {
        String text = tolerance == 0 ? String.valueOf(value) : requireNonNull(value) + " (+- " + tolerance + ")";
        return mayOverflow ? text + " or null" : text;
    }
}
