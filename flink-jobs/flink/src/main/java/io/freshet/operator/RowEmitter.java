/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowMaker;
import io.freshet.window.RowOutput;
import java.time.Clock;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Makes rows of what the windows of an entity give, and passes them on. */
final class RowEmitter implements RowOutput {

    private final RowMaker maker;
    private final ViewMetrics metrics;
    private final AvailableAt availableAt;
    private final long completeSinceMillis;
    private final Clock clock;

    private @Nullable Collector<FeatureRow> out;
    private String entity = "";

    RowEmitter(ViewPlan plan, ViewMetrics metrics, AvailableAt availableAt, long completeSinceMillis, Clock clock) {
        this.maker = new RowMaker(plan, metrics);
        this.metrics = metrics;
        this.availableAt = availableAt;
        this.completeSinceMillis = completeSinceMillis;
        this.clock = clock;
    }

    /** The rows that follow are of that entity. */
    void begin(String entity, Collector<FeatureRow> out) {
        this.entity = entity;
        this.out = out;
    }

    @Override
    public void row(long asOfMillis, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        Collector<FeatureRow> rows = out;
        if (rows == null) {
            throw new IllegalStateException("A row came before the entity it is of");
        }
        long now = clock.millis();
        metrics.rowOut();
        rows.collect(new FeatureRow(
                entity,
                asOfMillis,
                availableAt.millis(asOfMillis, now),
                seq,
                completeSinceMillis,
                cause == null ? FeatureRow.NO_EVENT : cause.ingestedAtMillis(),
                maker.complete(values)));
    }
}
