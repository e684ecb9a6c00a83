/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowMaker;
import io.freshet.row.RowOrigin;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a job logs of one entity, whose events come in some order, and what a walk through it finds. */
final class LiveLog {

    static final String ENTITY = "card 1";
    static final long OUT_OF_ORDERNESS = 2_000;

    /** The job has taken all in. */
    static final Map<Integer, Long> ALL = Map.of(0, Long.MAX_VALUE, 1, Long.MAX_VALUE, 2, Long.MAX_VALUE);

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "double"}]}
            """;

    /** Rows do not tell two payments apart. */
    static final String COUNTS = """
            features:
              payments: {count: "*"}
            """;

    private static final String FEATURES = """
            features:
              payments: {count: "*"}
              spent: {sum: amount}
              spread: {stddev: amount}
              latest: {last: amount}
            derived:
              share: "payments_10s / double(payments_1m)"
            """;

    final ViewPlan plan;
    final List<Item.Event> events = new ArrayList<>();
    final List<HistoryRow> rows = new ArrayList<>();
    final Letters letters = new Letters();
    long watermark = Long.MIN_VALUE;

    /** Of the rows that the oracle is asked about. */
    double share = 0.02;

    private final WindowEngine engine;
    private final RowMaker maker;
    private final EntityState state;
    private final Map<Integer, Long> greatest = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();

    /** For a view with these lines added. */
    LiveLog(String lines) throws Exception {
        this(FEATURES, lines);
    }

    /** For a view with these features. */
    LiveLog(String features, String lines) throws Exception {
        String yaml = """
                view: card_spend
                source: {topic: payments, schema: Payment, event_time: time, out_of_orderness: 2s}
                entity: [card]
                windows: [10s, 1m]
                """ + features + lines;
        plan = ViewPlanner.plan("card_spend.yaml", yaml, new Schemas(Map.of("Payment", SCHEMA)));
        engine = new WindowEngine(plan.windowed(), plan.view().emit(), ViewMetrics.NONE);
        maker = new RowMaker(plan, ViewMetrics.NONE);
        state = engine.newState();
    }

    /** Payments of random amounts and times, each later than the one before. */
    static List<Long> times(int count, Random random) {
        List<Long> times = new ArrayList<>();
        long time = 1_000_000;
        for (int i = 0; i < count; i++) {
            // Now and then a pause after which all windows are empty.
            time += 1 + random.nextInt(random.nextInt(20) == 0 ? 90_000 : 2_500);
            times.add(time);
        }
        return times;
    }

    /** An event of that partition, taken in by Kafka at that moment and not yet by the job. */
    Item.Event event(int partition, long time, long ingested, double amount) {
        long offset = offsets.merge(partition, 1L, Long::sum) - 1;
        long before = greatest.getOrDefault(partition, Long.MIN_VALUE);
        greatest.merge(partition, time, Math::max);
        SelectedEvent event =
                new SelectedEvent(ENTITY, time, partition, offset, ingested, 0, new Object[] {amount}, null);
        Item.Event item = new Item.Event(event, before == Long.MIN_VALUE ? before : before - OUT_OF_ORDERNESS - 1);
        events.add(item);
        return item;
    }

    /** The job takes the event in. */
    void take(Item.Event item) {
        take(item.event());
    }

    /** The job takes the event in, which may be silent. */
    void take(SelectedEvent event) {
        if (!engine.accept(state, event, watermark, this::keep)) {
            letters.addLate(event.partition(), event.offset());
        }
    }

    /** The job's watermark comes to that moment. */
    void watermark(long millis) {
        watermark = Math.max(watermark, millis);
        engine.advance(state, watermark, this::keep);
    }

    private void keep(long asOf, long seq, @Nullable Object[] values, @Nullable SelectedEvent cause) {
        if (cause == null || !cause.silent()) {
            rows.add(new HistoryRow(
                    ENTITY,
                    asOf,
                    asOf + 100,
                    seq,
                    1,
                    RowOrigin.LIVE,
                    cause == null ? FeatureRow.NO_EVENT : cause.ingestedAtMillis(),
                    List.of(),
                    Arrays.asList(maker.complete(values))));
        }
    }

    /** What a walk through all of it finds, where the job has taken all in. */
    VerifyReport verify() {
        return verify(new LiveJob(ALL, watermark, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, letters));
    }

    /** What a walk through all of it finds. */
    VerifyReport verify(LiveJob live) {
        Tally tally = new Tally();
        EntityWalk walk = new EntityWalk(plan, live, new OracleSample(plan, share, 7, tally), tally);
        TreeMap<Long, List<Item.Event>> eventsAt = new TreeMap<>();
        TreeMap<Long, List<HistoryRow>> rowsAt = new TreeMap<>();
        events.forEach(event -> eventsAt.computeIfAbsent(event.timeMillis(), time -> new ArrayList<>())
                .add(event));
        rows.forEach(row -> rowsAt.computeIfAbsent(row.asOfMillis(), time -> new ArrayList<>())
                .add(row));
        TreeMap<Long, Boolean> moments = new TreeMap<>();
        eventsAt.keySet().forEach(time -> moments.put(time, true));
        rowsAt.keySet().forEach(time -> moments.put(time, true));
        walk.begin(ENTITY);
        moments.keySet()
                .forEach(time ->
                        walk.at(time, eventsAt.getOrDefault(time, List.of()), rowsAt.getOrDefault(time, List.of())));
        walk.end().served().forEach(tally::add);
        return VerifyReport.of("card_spend", tally, true);
    }

    /** The same row with one value changed. */
    static HistoryRow with(HistoryRow row, int column, Object value) {
        List<Object> values = new ArrayList<>(row.values());
        values.set(column, value);
        return of(row.asOfMillis(), row.seq(), row.ingestedAtMillis(), values);
    }

    /** A row at some place. */
    static HistoryRow of(long asOf, long seq, long ingested, List<Object> values) {
        return new HistoryRow(ENTITY, asOf, asOf + 100, seq, 1, RowOrigin.LIVE, ingested, List.of(), values);
    }
}
