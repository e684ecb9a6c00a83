/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import io.freshet.definition.OnDemandPlan;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import io.freshet.metrics.ViewMetrics;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes the wanted features of one view from the values of its columns and a request. Used by one thread at a time. */
public final class FeatureComputation {

    private final ReadPlan plan;
    private final ViewMetrics metrics;

    /** By feature; null where it is a column. */
    private final Expression.@Nullable Bound[] bound;

    /** The columns, what the request says, and now. */
    private final @Nullable Object[] variables;

    FeatureComputation(ReadPlan plan, ViewMetrics metrics) {
        this.plan = plan;
        this.metrics = metrics;
        List<String> names = new ArrayList<>(plan.later().names());
        plan.request().forEach(field -> names.add(field.variable()));
        names.add(OnDemandPlan.NOW);
        variables = new Object[names.size()];
        bound = new Expression.Bound[plan.features().size()];
        for (int i = 0; i < bound.length; i++) {
            for (Expression expression : plan.features().get(i).onDemand()) {
                bound[i] = expression.bind(names);
            }
        }
    }

    /**
     * The wanted features, in order.
     *
     * @param values one per column of the plan, as of that moment; all null where there is no row
     * @param leftOut columns whose values are left out, as warming ones of training sets: what reads them is null
     * @param request one per field of the plan's request, see {@link RequestValues}
     * @param nowMillis the moment of reading, ms since 1970 UTC
     */
    public @Nullable Object[] features(
            @Nullable Object[] values, BitSet leftOut, @Nullable Object[] request, long nowMillis) {
        System.arraycopy(values, 0, variables, 0, values.length);
        System.arraycopy(request, 0, variables, values.length, request.length);
        variables[variables.length - 1] = nowMillis;
        @Nullable Object[] features = new Object[bound.length];
        for (int i = 0; i < features.length; i++) {
            List<Integer> reads = plan.features().get(i).reads();
            Expression.Bound expression = bound[i];
            if (expression == null) {
                features[i] = values[reads.get(0)];
            } else if (leftOut.isEmpty() || reads.stream().noneMatch(leftOut::get)) {
                features[i] = evaluate(expression);
            }
        }
        return features;
    }

    private @Nullable Object evaluate(Expression.Bound expression) {
        try {
            return expression.evaluate(variables);
        } catch (ExpressionFailedException e) {
            metrics.expressionFailed();
            return null;
        }
    }
}
