/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;

/** Makes the aggregate for a column. */
final class Aggregates {

    private Aggregates() {}

    /** The aggregate, with its cells claimed. */
    static Aggregate create(Column.Aggregate column, Placement placement, ViewMetrics metrics) {
        ValueType type = column.inputType();
        return switch (column.function()) {
            case COUNT -> new CountAggregate(placement);
            case SUM -> sum(column, placement, metrics);
            case MEAN -> mean(column, placement, metrics);
            case MIN ->
                type.kind() == ValueType.Kind.DECIMAL
                        ? DecimalExtremeAggregate.least(placement, type)
                        : ExtremeAggregate.least(placement, ordered(column));
            case MAX ->
                type.kind() == ValueType.Kind.DECIMAL
                        ? DecimalExtremeAggregate.greatest(placement, type)
                        : ExtremeAggregate.greatest(placement, ordered(column));
            case VARIANCE, VARIANCE_POP, STDDEV, STDDEV_POP ->
                new VarianceAggregate(placement, number(column).function(), metrics);
            case FIRST -> EdgeAggregate.first(placement, type);
            case LAST -> EdgeAggregate.last(placement, type);
            case COUNT_DISTINCT -> new DistinctAggregate(placement, type);
            case APPROX_COUNT_DISTINCT -> new SketchAggregate(placement, type);
        };
    }

    private static Aggregate sum(Column.Aggregate column, Placement placement, ViewMetrics metrics) {
        return switch (column.inputType().kind()) {
            case LONG -> LongSumAggregate.sum(placement, metrics);
            case DOUBLE -> DoubleSumAggregate.sum(placement, metrics);
            case DECIMAL -> DecimalSumAggregate.sum(placement, column.inputType(), metrics);
            case BOOLEAN, STRING, TIMESTAMP, LIST, MAP -> throw unsupported(column);
        };
    }

    private static Aggregate mean(Column.Aggregate column, Placement placement, ViewMetrics metrics) {
        return switch (column.inputType().kind()) {
            case LONG -> LongSumAggregate.mean(placement);
            case DOUBLE -> DoubleSumAggregate.mean(placement, metrics);
            case DECIMAL -> DecimalSumAggregate.mean(placement, column.inputType());
            case BOOLEAN, STRING, TIMESTAMP, LIST, MAP -> throw unsupported(column);
        };
    }

    private static Column.Aggregate number(Column.Aggregate column) {
        if (!column.inputType().isNumber()) {
            throw unsupported(column);
        }
        return column;
    }

    private static ValueType ordered(Column.Aggregate column) {
        ValueType type = column.inputType();
        if (!type.isNumber() && type.kind() != ValueType.Kind.TIMESTAMP) {
            throw unsupported(column);
        }
        return type;
    }

    private static IllegalArgumentException unsupported(Column.Aggregate column) {
        return new IllegalArgumentException(
                "Cannot compute " + column.function().label() + " of " + column.inputType()
                        + " values, expected a type for which it has a result");
    }
}
