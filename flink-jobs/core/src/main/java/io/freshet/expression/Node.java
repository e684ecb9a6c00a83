/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import org.jspecify.annotations.Nullable;

/**
 * A part of a compiled expression. Immutable.
 *
 * <p>A part that fails says so to the {@link Evaluation} and then gives any value of its type, which counts for nothing;
 * a part asked after a failure may do the same at once. Only {@code &&} and {@code ||} recover.
 */
abstract class Node {

    /** The value in the form that {@link ValueType} names, a decimal as double; null where it is null or failed. */
    abstract @Nullable Object value(Evaluation now);

    /** The value of an int or a timestamp; fails where it is null. */
    long asLong(Evaluation now) {
        Object value = value(now);
        return value == null ? failOfNull(now, 0L) : (Long) value;
    }

    /** The value of a double; fails where it is null. */
    double asDouble(Evaluation now) {
        Object value = value(now);
        return value == null ? failOfNull(now, 0.0) : (Double) value;
    }

    /** The value of a bool; fails where it is null. */
    boolean asBoolean(Evaluation now) {
        Object value = value(now);
        return value == null ? failOfNull(now, false) : (Boolean) value;
    }

    /** The value of a string; fails where it is null. */
    final String asString(Evaluation now) {
        Object value = value(now);
        return value == null ? failOfNull(now, "") : (String) value;
    }

    private static <T> T failOfNull(Evaluation now, T any) {
        now.fail("found null, expected a value");
        return any;
    }

    /** A part that is an int or a timestamp and never null. */
    abstract static class OfLong extends Node {
        @Override
        abstract long asLong(Evaluation now);

        @Override
        final @Nullable Object value(Evaluation now) {
            long value = asLong(now);
            return now.failed() ? null : (Object) value;
        }
    }

    /** A part that is a double and never null. */
    abstract static class OfDouble extends Node {
        @Override
        abstract double asDouble(Evaluation now);

        @Override
        final @Nullable Object value(Evaluation now) {
            double value = asDouble(now);
            return now.failed() ? null : (Object) value;
        }
    }

    /** A part that is a bool and never null. */
    abstract static class OfBoolean extends Node {
        @Override
        abstract boolean asBoolean(Evaluation now);

        @Override
        final @Nullable Object value(Evaluation now) {
            boolean value = asBoolean(now);
            return now.failed() ? null : (Object) value;
        }
    }
}
