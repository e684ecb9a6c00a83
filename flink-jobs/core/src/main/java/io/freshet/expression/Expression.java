/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression, compiled and type-checked. Not serializable and used by one thread at a time.
 *
 * <p>Variables are dotted names ({@code event.geo.country}, {@code edits_1h}) of known type that may be null.
 * An expression that meets a null variable and fails for it gives null; {@code event.country != null} asks for it.
 *
 * <p>Beyond standard CEL, {@code + - * /} and comparisons take an int and a double, and the int counts as a double.
 */
public interface Expression {

    /** An expression that knows where its variables stand. Used by one thread at a time. */
    @FunctionalInterface
    interface Bound {
        /**
         * The value of the expression.
         *
         * @param values values by position, in the form that {@link ValueType} names
         * @return the value, in the form that {@link ValueType} names; null where it met a null
         * @throws ExpressionFailedException if it cannot be computed from these values: overflow, division by zero
         */
        @Nullable
        Object evaluate(@Nullable Object[] values) throws ExpressionFailedException;
    }

    /** The expression as its author wrote it. */
    String text();

    /** Type of the result, after widening. */
    ValueType type();

    /** The variables it reads, a subset of those it was compiled against, each once, by name. */
    List<String> variables();

    /** Whether it is plain Java; if not it is interpreted by cel-java, with the same results, in 20 to 40 times the time. */
    boolean isCompiled();

    /**
     * Finds the variables once, so that evaluating need not look for names.
     *
     * @param names name of the value at each position of what will be evaluated
     * @throws IllegalArgumentException if a variable is not among the names
     */
    Bound bind(List<String> names);

    /** Compiles an expression within the default limits. */
    static Expression compile(String text, Map<String, ValueType> variables) throws InvalidExpressionException {
        return compile(text, variables, ExpressionLimits.DEFAULT);
    }

    /**
     * Compiles an expression.
     *
     * @param text the CEL text
     * @param variables name and type of each variable it may read
     * @throws InvalidExpressionException if it does not parse, names what is not there, does not type-check, or is beyond
     *     the limits
     */
    static Expression compile(String text, Map<String, ValueType> variables, ExpressionLimits limits)
            throws InvalidExpressionException {
        CheckedExpression checked = CelEnvironment.check(text, variables, limits);
        return NodeCompiler.compile(checked)
                .<Expression>map(root -> new CompiledExpression(checked, root))
                .orElseGet(() -> new CelExpression(checked));
    }
}
