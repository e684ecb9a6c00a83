/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.metrics.ViewMetrics;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Completes the values of windows to those of a row by computing the derived columns. Used by one thread at a time. */
public final class RowMaker {

    private final List<Column> columns;
    private final ViewMetrics metrics;
    private final Map<String, Integer> positions = new HashMap<>();

    /** For rows of that view. */
    public RowMaker(ViewPlan plan, ViewMetrics metrics) {
        this.columns = plan.columns();
        this.metrics = metrics;
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
    }

    /**
     * The values of all columns of the plan. A derived column that fails on its values is null and counted.
     *
     * @param windowed one value per windowed column of the plan
     */
    public @Nullable Object[] complete(@Nullable Object[] windowed) {
        @Nullable Object[] values = Arrays.copyOf(windowed, columns.size());
        for (int i = windowed.length; i < values.length; i++) {
            values[i] = compute((Column.Computed) columns.get(i), values);
        }
        return values;
    }

    private @Nullable Object compute(Column.Computed column, @Nullable Object[] values) {
        try {
            return column.expression().evaluate(name -> {
                Integer position = positions.get(name);
                return position == null ? null : values[position];
            });
        } catch (ExpressionFailedException e) {
            metrics.expressionFailed();
            return null;
        }
    }
}
