/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Emit;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.event.EventSelector;
import io.freshet.event.RecordReader;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import io.freshet.schemas.WikipediaEdit;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpotCheckTest {

    private static final String VIEW = """
            view: channel_activity
            version: 1
            source: {topic: t, schema: WikipediaEdit, event_time: time}
            entity: [channel]
            windows: [1m, 1h]
            features:
              edits: {count: "*"}
              added: {sum: added}
            """;
    private static final long END = 4 * 3_600_000L;

    private ViewPlan plan;
    private SpotCheck check;
    private List<HistoryRow> rows;

    @BeforeEach
    void runTheEngine() throws Exception {
        String schema = WikipediaEdit.getClassSchema().toString();
        plan = ViewPlanner.plan("view.yaml", VIEW, new Schemas(Map.of("WikipediaEdit", schema)));
        check = new SpotCheck(plan);
        rows = new ArrayList<>();
        WindowEngine engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        EventSelector selector = new EventSelector(plan, 0, ViewMetrics.NONE);
        Map<String, EntityState> states = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            GenericRecord edit = edit(i * 31_000L, "#" + i % 3, i);
            check.event(edit, i);
            SelectedEvent event = selector.select(edit, 0, i, 0, null).orElseThrow();
            EntityState state = states.computeIfAbsent(event.entity(), key -> engine.newState());
            engine.accept(
                    state,
                    event,
                    Long.MIN_VALUE,
                    (asOf, seq, values, cause) -> keep(event.entity(), asOf, seq, values));
        }
        states.forEach((entity, state) ->
                engine.advance(state, END, (asOf, seq, values, cause) -> keep(entity, asOf, seq, values)));
    }

    @Test
    void rowsOfTheEngineAgree() {
        rows.forEach(check::row);
        assertThat(check.check(2_000, new Random(1), END)).isEmpty();
        assertThat(check.entities()).isEqualTo(3);
    }

    @Test
    void oneWrongValueIsFound() {
        rows.stream().map(SpotCheckTest::raised).forEach(check::row);
        assertThat(check.check(2_000, new Random(1), END)).isNotEmpty().allMatch(line -> line.contains("expected"));
    }

    @Test
    void missingRowsOfExpiriesAreFound() {
        rows.stream().filter(row -> row.asOfMillis() % 31_000L == 0).forEach(check::row);
        assertThat(check.check(2_000, new Random(1), END)).isNotEmpty();
    }

    @Test
    void missingEntityIsFound() {
        rows.stream().filter(row -> !row.entity().equals("#1")).forEach(check::row);
        assertThat(check.check(2_000, new Random(1), END)).anyMatch(line -> line.contains("no row in the history"));
    }

    private void keep(String entity, long asOf, long seq, Object[] values) {
        rows.add(new HistoryRow(entity, asOf, asOf, seq, 1, RowOrigin.LIVE, 0, List.of(), Arrays.asList(values)));
    }

    private static HistoryRow raised(HistoryRow row) {
        List<Object> values = new ArrayList<>(row.values());
        values.set(0, (Long) values.get(0) + 1);
        return new HistoryRow(
                row.entity(),
                row.asOfMillis(),
                row.availableAtMillis(),
                row.seq(),
                1,
                RowOrigin.LIVE,
                0,
                List.of(),
                values);
    }

    private static GenericRecord edit(long time, String channel, int added) throws Exception {
        Map<String, Object> values = new HashMap<>();
        for (String flag : List.of("isMinor", "isNew", "isAnonymous", "isUnpatrolled", "isRobot")) {
            values.put(flag, false);
        }
        values.put("time", time);
        values.put("user", "u");
        values.put("channel", channel);
        values.put("page", "p");
        values.put("namespace", "Main");
        values.put("delta", added);
        values.put("added", added);
        values.put("deleted", 0);
        return new RecordReader(WikipediaEdit.getClassSchema()).read(values);
    }
}
