/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.backfill.Counts.Count;
import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedSchemas;
import io.freshet.monitoring.FlinkViewMetrics;
import io.freshet.operator.AvailableAt;
import io.freshet.operator.PlanSource;
import io.freshet.row.FeatureRow;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs an {@link EntityReplay} in a task of a job in batch mode: Flink sorts its first input by entity and time, on disk
 * where memory does not do, and passes the second, the extents of all events, before the first. Fails at the end if rows
 * are in the place of others; what comes behind it, behind a blocking exchange, has not begun then.
 */
final class ReplayOperator extends AbstractStreamOperator<FeatureRow>
        implements TwoInputStreamOperator<ReplayItem, long[], FeatureRow>, BoundedMultiInput {
    private static final long serialVersionUID = 1L;

    private static final int EXTENTS = 2;

    private final Settings settings;
    private transient List<Extent> extents;
    private transient EntityReplay replay;
    private transient JobCounts counts;
    private transient String view;
    private transient boolean begun;

    /**
     * What a replay needs to know.
     *
     * @param source the view
     * @param span which rows are asked for
     * @param availableAt from when a reader could have had a row
     * @param sources where events come from, by number of the topic in the backfill
     * @param schemas all schemas that rows of the view's history were written under
     */
    record Settings(
            PlanSource source,
            Span span,
            AvailableAt availableAt,
            Map<Integer, Bounds.Sources> sources,
            LoggedSchemas schemas)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        Settings {
            sources = Map.copyOf(sources);
        }
    }

    @SuppressWarnings("NullAway.Init") // open comes before all else
    ReplayOperator(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ViewPlan plan = settings.source().plan();
        view = plan.view().name();
        counts = new JobCounts(getRuntimeContext(), view);
        extents = new ArrayList<>();
        replay = new EntityReplay(
                plan,
                settings.span(),
                settings.availableAt(),
                settings.schemas(),
                new EntityReplay.Watch(new FlinkViewMetrics(getMetricGroup(), view), counts),
                row -> output.collect(new StreamRecord<>(row, row.asOfMillis())));
    }

    @Override
    public void processElement2(StreamRecord<long[]> extent) {
        if (begun) {
            throw new IllegalStateException("Cannot replay: an extent came after the events, expected all before them");
        }
        extents.add(Extent.of(extent.getValue()));
    }

    @Override
    public void processElement1(StreamRecord<ReplayItem> item) {
        if (!begun) {
            begun = true;
            replay.bounds(Bounds.of(extents, settings.sources()));
        }
        replay.take(item.getValue());
    }

    @Override
    public void endInput(int input) {
        if (input == EXTENTS) {
            return;
        }
        replay.end();
        long conflicts = counts.of(Count.CONFLICT);
        if (conflicts > 0) {
            throw new IllegalStateException("Cannot backfill view '" + view + "': at least " + conflicts
                    + " of the rows that are in the history have other values than this backfill gives, first "
                    + replay.firstConflict() + "; nothing was written. Was the definition changed? Then raise its"
                    + " 'version'");
        }
    }
}
