/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.EventSelector;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.oracle.RowOracle;
import io.freshet.row.HistoryRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;

/**
 * Judges the history of one view by the oracle, which knows the raw events and none of the engine's code. The value of a
 * column for an entity at a moment T is that of its latest row with as_of up to T, whether or not anything happened at
 * T: so a missing row of an expiry is found, too.
 */
final class SpotCheck {

    /** How long after an edit its entity is asked about: long enough for the windows up to an hour to empty. */
    private static final long AFTER_MILLIS = TimeUnit.HOURS.toMillis(2);

    private final ViewPlan plan;
    private final RowOracle oracle;
    private final EventSelector selector;
    private final List<SelectedEvent> events = new ArrayList<>();
    private final Map<String, TreeMap<Long, HistoryRow>> rows = new HashMap<>();

    /** For that view, over one topic. */
    SpotCheck(ViewPlan plan) {
        this.plan = plan;
        oracle = new RowOracle(plan);
        selector = new EventSelector(plan, 0, ViewMetrics.NONE);
    }

    /** Tells the oracle of a raw event. */
    void event(GenericRecord event, long offset) throws BadEventException {
        Optional<SelectedEvent> selected = selector.select(event, 0, offset, 0, null);
        selected.ifPresent(found -> {
            oracle.add(found);
            events.add(found);
        });
    }

    /** Takes a row of the history. Of equal as_of the one of greater seq counts. */
    void row(HistoryRow row) {
        rows.computeIfAbsent(row.entity(), entity -> new TreeMap<>())
                .merge(row.asOfMillis(), row, (a, b) -> a.seq() > b.seq() ? a : b);
    }

    /** How many entities the history has. */
    int entities() {
        return rows.size();
    }

    /** The entities that the history has. */
    Set<String> entityKeys() {
        return rows.keySet();
    }

    /** The newest row of an entity in the history. */
    Optional<HistoryRow> newest(String entity) {
        return Optional.ofNullable(rows.get(entity)).map(TreeMap::lastEntry).map(Map.Entry::getValue);
    }

    /**
     * Draws values and compares each with the oracle's. The entity is that of a random event, so busy ones come up more
     * often; the moment is up to two hours later, but not behind the watermark.
     *
     * @return one line for each that differs
     */
    List<String> check(int draws, Random random, long watermarkMillis) {
        List<String> mismatches = new ArrayList<>();
        for (int i = 0; i < draws; i++) {
            SelectedEvent near = events.get(random.nextInt(events.size()));
            long later = near.timeMillis() + (long) (random.nextDouble() * AFTER_MILLIS);
            long moment = Math.min(later, watermarkMillis);
            int column = random.nextInt(plan.columns().size());
            compare(near.entity(), moment, column).ifPresent(mismatches::add);
        }
        return mismatches;
    }

    /** A random entity, busy ones more often. */
    String anyEntity(Random random) {
        return events.get(random.nextInt(events.size())).entity();
    }

    private Optional<String> compare(String entity, long moment, int column) {
        Map.Entry<Long, HistoryRow> row =
                rows.getOrDefault(entity, new TreeMap<>()).floorEntry(moment);
        String what = plan.view().name() + "." + plan.columns().get(column).name() + " at " + moment + " ms";
        if (row == null) {
            boolean seen =
                    events.stream().anyMatch(event -> event.entity().equals(entity) && event.timeMillis() <= moment);
            return seen ? Optional.of(what + ": no row in the history, expected one") : Optional.empty();
        }
        Object actual = row.getValue().values().get(column);
        return oracle.contradiction(column, entity, moment, actual)
                .map(expected -> what + ": found " + actual + ", expected " + expected);
    }
}
