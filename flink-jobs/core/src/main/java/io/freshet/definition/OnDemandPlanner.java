/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionLimits;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Resolves what a view computes when it is read against its columns and what its requests say. */
final class OnDemandPlanner {

    private static final String TYPES =
            "expected string, long, double, boolean, timestamp, decimal(P,S), list<TYPE> or map<TYPE>";

    private final List<Column> columns;
    private final ExpressionLimits limits;
    private final Problems problems;

    /** Over these columns. */
    OnDemandPlanner(List<Column> columns, ExpressionLimits limits, Problems problems) {
        this.columns = columns;
        this.limits = limits;
        this.problems = problems;
    }

    OnDemandPlan plan(FeatureView.OnDemand written) {
        int before = problems.size();
        List<OnDemandPlan.RequestField> request = new ArrayList<>();
        written.request()
                .forEach(field ->
                        type(field).ifPresent(type -> request.add(new OnDemandPlan.RequestField(field.name(), type))));
        if (problems.size() > before) {
            // Else features would be blamed for a field whose type is at fault.
            return OnDemandPlan.NONE;
        }
        Map<String, ValueType> variables = new LinkedHashMap<>();
        columns.forEach(column -> variables.put(column.name(), column.type()));
        request.forEach(field -> variables.put(field.variable(), field.type()));
        variables.put(OnDemandPlan.NOW, ValueType.TIMESTAMP);
        List<OnDemandPlan.Feature> features = new ArrayList<>();
        written.features().forEach(each -> feature(each, variables).ifPresent(features::add));
        return new OnDemandPlan(request, features);
    }

    private Optional<ValueType> type(FeatureView.RequestField field) {
        Text text = field.type();
        Optional<ValueType> type = ValueType.parse(text.text());
        if (type.isEmpty()) {
            problems.add(
                    text, 0, "Unknown type '" + text.text() + "' of request field '" + field.name() + "': " + TYPES);
        }
        return type;
    }

    private Optional<OnDemandPlan.Feature> feature(FeatureView.Derived written, Map<String, ValueType> variables) {
        Text text = written.expression();
        try {
            Expression expression = Expression.compile(text.text(), variables, limits);
            if (expression.variables().isEmpty()) {
                problems.add(
                        text,
                        0,
                        "On-demand feature '" + written.name()
                                + "' reads neither a column of the view nor the request");
                return Optional.empty();
            }
            return Optional.of(new OnDemandPlan.Feature(written.name(), expression.type(), expression));
        } catch (InvalidExpressionException e) {
            problems.add(text, e.offset(), Optional.ofNullable(e.getMessage()).orElse("Cannot compile the expression"));
            return Optional.empty();
        }
    }
}
