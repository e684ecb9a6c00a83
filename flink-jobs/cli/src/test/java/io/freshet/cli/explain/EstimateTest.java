/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.freshet.definition.Emit;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.SharedTiles;
import io.freshet.window.WindowEngine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The formulas of {@code docs/explain.md}, held against the windows and the codec of the job. */
class EstimateTest {

    private static final double DAY = 86_400_000;
    private static final String SCHEMA = """
            {"type": "record", "name": "Event", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "who", "type": "string"}, {"name": "value", "type": "long"}, {"name": "text", "type": "string"},
              {"name": "vector", "type": {"type": "array", "items": "double"}}]}
            """;
    private static final String VIEW = """
            view: base
            source: {topic: t, schema: Event, event_time: time}
            entity: [who]
            windows: [1m, 1h, 1d]
            features:
              n: {count: "*"}
              sum: {sum: value}
              max: {max: value}
            """;

    @ParameterizedTest
    @ValueSource(doubles = {1, 20, 1_000, 20_000})
    void tilesAndRowsAreThoseOfTheFormula(double eventsPerDay) throws Exception {
        ViewPlan plan = plan(VIEW);
        Cost cost = Estimate.of(plan, "freshet", eventsPerDay);

        double perMilli = eventsPerDay / DAY;
        double tiles = 1;
        double most = 0;
        double least = 0;
        long younger = 0;
        for (SharedTiles.Edge edge : chain(plan).edges()) {
            double filled = 1 - Math.exp(-perMilli * edge.hopMillis());
            tiles += (edge.lengthMillis() - younger) / (double) edge.hopMillis() * filled;
            double leaving = filled / (perMilli * edge.hopMillis());
            most += leaving;
            least = Math.max(least, leaving);
            younger = edge.lengthMillis();
        }
        assertThat(cost.tiles()).isCloseTo(tiles, Percentage.withPercentage(15));
        assertThat(cost.expiryRowsPerEvent()).isBetween(0.9 * least, 1.1 * most);
        assertThat(cost.rowsPerEvent()).isCloseTo(1 + cost.expiryRowsPerEvent(), within(1e-9));
    }

    @Test
    void heapIsWhatTheStatesTake() throws Exception {
        ViewPlan plan = plan(VIEW);
        WindowEngine engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        SampleEvents events = new SampleEvents(plan);
        int entities = 20_000;
        EntityState[] states = new EntityState[entities];
        long before = usedBytes();
        for (int i = 0; i < entities; i++) {
            states[i] = engine.newState();
            for (int event = 0; event < 5; event++) {
                engine.accept(states[i], events.at(event * 3_600_000L), Long.MIN_VALUE, (asOf, seq, row, cause) -> {});
            }
        }
        double used = (usedBytes() - before) / (double) entities;
        assertThat((double) engine.size(states[entities - 1]).heapBytes())
                .isCloseTo(used, Percentage.withPercentage(15));
    }

    @Test
    void eventsCanBeMadeUpForEveryTypeOfInput() throws Exception {
        Cost cost = Estimate.of(plan(VIEW + """
                  texts: {count_distinct: text}
                  last: {last: time, windows: [lifetime]}
                  by_text: {sum: value, per: text}
                  vectors: {vector_mean: vector, dimension: 3}
                """), "freshet", 100);
        assertThat(cost.storedBytes()).isGreaterThan(1_000);
        assertThat(cost.hashBytes()).isGreaterThan(300);
        assertThat(cost.compactBytes()).isBetween(100.0, cost.hashBytes());
    }

    private static SharedTiles chain(ViewPlan plan) {
        List<SharedTiles> chains = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE).sharedTiles();
        assertThat(chains).hasSize(1);
        assertThat(chains.get(0).kept()).containsExactly(List.of("n_1m", "n_1h", "n_1d"), columns("sum", "max"));
        return chains.get(0);
    }

    private static List<String> columns(String... features) {
        List<String> names = new ArrayList<>();
        for (String feature : features) {
            for (String window : List.of("1m", "1h", "1d")) {
                names.add(feature + "_" + window);
            }
        }
        return names;
    }

    private static ViewPlan plan(String view) throws Exception {
        return ViewText.of("view.yaml", view, new Schemas(Map.of("Event", SCHEMA)))
                .plan();
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
