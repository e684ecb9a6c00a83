/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.metrics.ViewMetrics;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Completes the values of windows to those of a row by computing the derived columns. Used by one thread at a time. */
public final class RowMaker {

    private final int width;
    private final List<Expression.Bound> computed;
    private final ViewMetrics metrics;

    /** For rows of that view. */
    public RowMaker(ViewPlan plan, ViewMetrics metrics) {
        List<String> names = plan.columns().stream().map(Column::name).toList();
        this.width = names.size();
        this.computed = plan.columns().stream()
                .filter(Column.Computed.class::isInstance)
                .map(column -> ((Column.Computed) column).expression().bind(names))
                .toList();
        this.metrics = metrics;
    }

    /**
     * The values of all columns of the plan. A derived column that fails on its values is null and counted.
     *
     * @param windowed one value per windowed column of the plan
     */
    public @Nullable Object[] complete(@Nullable Object[] windowed) {
        @Nullable Object[] values = Arrays.copyOf(windowed, width);
        for (int i = 0; i < computed.size(); i++) {
            values[windowed.length + i] = evaluate(computed.get(i), values);
        }
        return values;
    }

    private @Nullable Object evaluate(Expression.Bound expression, @Nullable Object[] values) {
        try {
            return expression.evaluate(values);
        } catch (ExpressionFailedException e) {
            metrics.expressionFailed();
            return null;
        }
    }
}
