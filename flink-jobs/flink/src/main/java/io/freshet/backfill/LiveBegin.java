/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.operator.PlanSource;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Of each live row of the view's version, from when on the live rows of its entity are complete, were it the last: as of
 * its own time, or never where a value is warming or the row was written without one. {@link #both} of two rows in order
 * of as_of leaves what is so after both.
 */
final class LiveBegin extends RichFlatMapFunction<LoggedRow, ReplayItem> {
    private static final long serialVersionUID = 1L;

    private static final long NEVER = Long.MAX_VALUE;

    private final PlanSource source;
    private final LoggedSchemas schemas;

    private transient int version;
    private transient Set<String> columns;
    private transient RowCodec codec;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    LiveBegin(PlanSource source, LoggedSchemas schemas) {
        this.source = source;
        this.schemas = schemas;
    }

    @Override
    public void open(OpenContext context) {
        ViewPlan plan = source.plan();
        version = plan.view().version();
        columns = plan.columns().stream().map(Column::name).collect(Collectors.toSet());
        codec = schemas.codec(plan);
    }

    @Override
    public void flatMap(LoggedRow row, Collector<ReplayItem> out) {
        if (row.head().origin() == RowOrigin.LIVE && row.head().version() == version) {
            out.collect(new ReplayItem.LiveRows(
                    row.entity(), isComplete(row.bytes()) ? row.head().asOfMillis() : NEVER));
        }
    }

    private boolean isComplete(byte[] bytes) {
        return codec.decode(bytes).warming().stream().noneMatch(columns::contains);
    }

    static ReplayItem both(ReplayItem earlier, ReplayItem later) {
        ReplayItem.LiveRows before = (ReplayItem.LiveRows) earlier;
        ReplayItem.LiveRows after = (ReplayItem.LiveRows) later;
        return after.fromMillis() == NEVER || before.fromMillis() == NEVER ? after : before;
    }
}
