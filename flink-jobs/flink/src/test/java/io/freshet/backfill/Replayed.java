/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.backfill.Counts.Count;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.metrics.ViewMetrics;
import io.freshet.operator.AvailableAt;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistorySchema;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHeads;
import io.freshet.row.RowOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replay of some items gives, sorted by entity and time as Flink sorts them. */
final class Replayed {

    final List<FeatureRow> rows = new ArrayList<>();
    final Map<Count, Integer> counts = new EnumMap<>(Count.class);
    final @Nullable String conflict;

    private Replayed(ViewPlan plan, Span span, Bounds bounds, Duration delay, List<ReplayItem> items) {
        EntityReplay replay = new EntityReplay(
                plan,
                span,
                new AvailableAt.Delayed(delay),
                LoggedSchemas.of(List.of(HistorySchema.of(plan))),
                new EntityReplay.Watch(ViewMetrics.NONE, count -> counts.merge(count, 1, Integer::sum)),
                rows::add);
        replay.bounds(bounds);
        items.stream()
                .sorted(Comparator.comparing(ReplayItem::entity).thenComparingLong(Replayed::time))
                .forEach(replay::take);
        replay.end();
        conflict = replay.firstConflict();
    }

    static Replayed of(ViewPlan plan, Span span, long reachedMillis, List<ReplayItem> items) {
        return of(plan, span, new Bounds(reachedMillis, Long.MIN_VALUE, Long.MIN_VALUE), items);
    }

    static Replayed of(ViewPlan plan, Span span, Bounds bounds, List<ReplayItem> items) {
        return new Replayed(plan, span, bounds, Duration.ofMillis(5), items);
    }

    static Replayed withDelay(ViewPlan plan, Duration delay, long reachedMillis, List<ReplayItem> items) {
        Bounds bounds = new Bounds(reachedMillis, Long.MIN_VALUE, Long.MIN_VALUE);
        return new Replayed(plan, Span.all(), bounds, delay, items);
    }

    int count(Count count) {
        return counts.getOrDefault(count, 0);
    }

    /** The rows as an earlier backfill would have left them. */
    List<ReplayItem> logged(ViewPlan plan) {
        return rows.stream().map(row -> logged(plan, row)).toList();
    }

    static ReplayItem logged(ViewPlan plan, FeatureRow row) {
        byte[] bytes = new RowCodec(plan).encode(row, RowOrigin.BACKFILL);
        return new ReplayItem.Logged(
                new LoggedRow(0, row.entity(), new RowHeads(HistorySchema.of(plan)).read(bytes), bytes));
    }

    static ReplayItem event(SelectedEvent event) {
        return new ReplayItem.Event(event);
    }

    private static long time(ReplayItem item) {
        if (item instanceof ReplayItem.Event of) {
            return of.event().timeMillis();
        }
        return item instanceof ReplayItem.Logged logged ? logged.row().head().asOfMillis() : Long.MIN_VALUE;
    }
}
