/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.oracle.RowOracle;
import io.freshet.row.HistoryRow;
import io.freshet.verify.Tally.Count;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the oracle for one value of some rows, drawn at random: as of a random moment from the row's own until something
 * happens next, so that an expiry that both engine and history lack is found, too. Knows the events of one entity at a
 * time, as far back as windows reach.
 */
final class OracleSample {

    private static final int MOST_EVENTS = 100_000;

    private final ViewPlan plan;
    private final double share;
    private final Tally tally;
    private final long seed;
    private final long memoryMillis;
    private final Deque<SelectedEvent> events = new ArrayDeque<>();

    private Random random;
    private boolean isTooLong;
    private @Nullable HistoryRow drawn;

    /**
     * A sample.
     *
     * @param share of the rows, 0 to 1
     * @param seed decides, with the entity's key, which
     */
    OracleSample(ViewPlan plan, double share, long seed, Tally tally) {
        this.plan = plan;
        this.share = share;
        this.seed = seed;
        this.tally = tally;
        this.random = new Random(seed);
        memoryMillis = Memory.ofEvents(plan);
    }

    /** The events and rows that follow are of another entity. */
    void begin(String entity) {
        // By entity: which rows are drawn does not depend on how entities are spread over tasks.
        random = new Random(seed * 31 + entity.hashCode());
        events.clear();
        isTooLong = false;
        drawn = null;
    }

    /** An event of the entity, applied now or later. */
    void event(SelectedEvent event) {
        isTooLong |= events.size() >= MOST_EVENTS;
        if (!isTooLong && share > 0) {
            events.add(event);
        }
    }

    /** A row that is right. */
    void row(HistoryRow row) {
        if (random.nextDouble() < share) {
            drawn = row;
        }
    }

    /**
     * Nothing has happened since the last row up to that moment.
     *
     * @param unapplied the events that the row does not count; empty where that is not known
     */
    void quietUntil(long timeMillis, Optional<Unapplied> unapplied) {
        HistoryRow row = drawn;
        if (row != null) {
            drawn = null;
            ask(row, random.nextInt(plan.columns().size()), timeMillis, unapplied);
        }
        // Before the first row nothing is known of the time.
        if (memoryMillis != Long.MAX_VALUE && timeMillis > Long.MIN_VALUE + 2 * memoryMillis) {
            long gone = timeMillis - 2 * memoryMillis;
            while (!events.isEmpty() && events.getFirst().timeMillis() < gone) {
                events.removeFirst();
            }
        }
    }

    private void ask(HistoryRow row, int column, long untilMillis, Optional<Unapplied> unapplied) {
        Column of = plan.columns().get(column);
        RowOracle oracle = new RowOracle(plan);
        if (isTooLong
                || unapplied.isEmpty()
                || !oracle.knows(column)
                || row.warming().contains(of.name())) {
            tally.count(Count.ORACLE_PASSED_OVER);
            return;
        }
        Set<SelectedEvent> without = Collections.newSetFromMap(new IdentityHashMap<>());
        unapplied.get().addTo(without);
        events.stream().filter(event -> !without.contains(event)).forEach(oracle::add);
        long spanMillis = oracle.ages(column) ? 0 : Math.max(0, untilMillis - row.asOfMillis());
        long moment = row.asOfMillis() + (long) (random.nextDouble() * spanMillis);
        Object found = row.values().get(column);
        tally.count(Count.ORACLE);
        oracle.contradiction(column, row.entity(), moment, found)
                .ifPresent(expected -> tally.add(new Difference(
                        Cause.ORACLE_DISAGREES,
                        plan.view().name(),
                        row.entity(),
                        moment,
                        of.name(),
                        expected,
                        String.valueOf(found))));
    }
}
