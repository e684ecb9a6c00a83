/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import static java.util.Objects.requireNonNull;

import io.freshet.expression.ValueType;

/**
 * What a column computes: a partial state, and the value made of it. Columns whose partials are equal share them.
 *
 * @param type type of the values
 * @param partials the partial state; equal ones over equal inputs are kept once
 * @param finish makes the value of a partial state
 * @param aging how a value changes by mere passing of time
 */
public record Computation(ValueType type, Partials partials, Finish<?> finish, Aging aging) {

    public Computation {
        requireNonNull(type, "type");
        requireNonNull(partials, "partials");
        requireNonNull(finish, "finish");
        requireNonNull(aging, "aging");
    }

    /** A value that changes with events and windows only. */
    public static <P> Computation of(ValueType type, Algebra<P> algebra, Finish<P> finish) {
        return new Computation(type, algebra, finish, Aging.NONE);
    }

    /** A value that also changes with time. */
    public static <P> Computation aging(ValueType type, Algebra<P> algebra, Finish<P> finish, Aging aging) {
        return new Computation(type, algebra, finish, aging);
    }
}
