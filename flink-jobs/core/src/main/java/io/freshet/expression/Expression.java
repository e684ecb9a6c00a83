/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression, compiled and type-checked. Not serializable and used by one thread at a time.
 *
 * <p>Variables are dotted names ({@code event.geo.country}, {@code edits_1h}) of known type that may be null.
 * An expression that meets a null variable and fails for it gives null; {@code event.country != null} asks for it.
 */
public interface Expression {

    /** Type of the result, after widening. */
    ValueType type();

    /** The variables it reads, a subset of those it was compiled against. */
    Set<String> variables();

    /**
     * The value of the expression.
     *
     * @param values value of each variable, in the form that {@link ValueType} names
     * @return the value, in the form that {@link ValueType} names; null where it met a null
     * @throws ExpressionFailedException if it cannot be computed from these values: overflow, division by zero
     */
    @Nullable
    Object evaluate(java.util.function.Function<String, @Nullable Object> values) throws ExpressionFailedException;

    /**
     * Compiles an expression.
     *
     * @param text the CEL text
     * @param variables name and type of each variable it may read
     * @throws InvalidExpressionException if it does not parse, names what is not there, or does not type-check
     */
    static Expression compile(String text, Map<String, ValueType> variables) throws InvalidExpressionException {
        return CelExpression.of(text, variables);
    }
}
