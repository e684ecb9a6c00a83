/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.metrics.ViewMetrics;

/** Makes the aggregate for a column. */
final class Aggregates {

    private Aggregates() {}

    /** The aggregate, with its cells claimed. */
    static Aggregate create(Column.Aggregate column, Placement placement, ViewMetrics metrics) {
        return switch (column.function()) {
            case COUNT -> new CountAggregate(placement);
            case SUM -> LongSumAggregate.sum(placement, metrics);
            case MEAN -> LongSumAggregate.mean(placement);
            case MIN -> ExtremeAggregate.least(placement, column.inputType());
            case MAX -> ExtremeAggregate.greatest(placement, column.inputType());
            default -> throw new IllegalArgumentException("Cannot compute " + column);
        };
    }
}
