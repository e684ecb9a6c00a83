/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.batch.BatchCounts.Of;
import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedSchemas;
import io.freshet.operator.PlanSource;
import io.freshet.row.FeatureRow;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Runs a {@link HistoryMatch} in a task of a job in batch mode: Flink sorts its input by entity and as_of. Fails at the
 * end if rows are in the place of others; what comes behind it, behind a blocking exchange, has not begun then.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class HistoryMatchOperator extends AbstractStreamOperator<FeatureRow>
        implements OneInputStreamOperator<RowItem, FeatureRow>, BoundedOneInput, HistoryMatch.Found {
    private static final long serialVersionUID = 1L;

    private final PlanSource source;
    private final LoggedSchemas schemas;
    private final HistoryMatch.Rules rules;
    private final Outputs outputs;

    private transient long ttlMillis;
    private transient HistoryMatch match;
    private transient Map<Of, LongCounter> counts;

    /**
     * Where rows go that are not written as this run's.
     *
     * @param past those of earlier loads
     * @param newest the newest of each entity
     */
    record Outputs(OutputTag<FeatureRow> past, OutputTag<FeatureRow> newest) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    HistoryMatchOperator(PlanSource source, LoggedSchemas schemas, HistoryMatch.Rules rules, Outputs outputs) {
        this.source = source;
        this.schemas = schemas;
        this.rules = rules;
        this.outputs = outputs;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ViewPlan plan = source.plan();
        ttlMillis = plan.view().online().ttl().map(Duration::toMillis).orElse(Long.MAX_VALUE);
        match = new HistoryMatch(plan, schemas, rules, Clock.systemUTC(), this);
        counts = new EnumMap<>(Of.class);
        for (Of count : Of.values()) {
            counts.put(count, getRuntimeContext().getLongCounter(BatchCounts.of(count)));
        }
    }

    @Override
    public void processElement(StreamRecord<RowItem> item) {
        match.take(item.getValue());
    }

    @Override
    public void lacking(FeatureRow row) {
        output.collect(new StreamRecord<>(row, row.asOfMillis()));
    }

    @Override
    public void past(FeatureRow row) {
        output.collect(outputs.past(), new StreamRecord<>(row, row.asOfMillis()));
    }

    @Override
    public void newest(FeatureRow row, long loadedAtMillis) {
        // One that the online store has dropped since must not come back.
        if (ttlMillis == Long.MAX_VALUE || System.currentTimeMillis() - loadedAtMillis < ttlMillis) {
            count(Of.ONLINE);
            output.collect(outputs.newest(), new StreamRecord<>(row, row.asOfMillis()));
        }
    }

    @Override
    public void count(Of what) {
        LongCounter counter = counts.get(what);
        if (counter != null) {
            counter.add(1);
        }
    }

    @Override
    public void endInput() {
        match.end();
        String conflict = match.firstConflict();
        if (conflict != null) {
            throw new IllegalStateException("Cannot run view '"
                    + source.plan().view().name()
                    + "': the history has other values than its files give now, first " + conflict
                    + "; nothing was written. Was a file or the definition changed? Then raise the view's 'version'");
        }
    }
}
