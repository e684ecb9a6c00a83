/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers what a value is from the definition alone: V(k, W, t) = aggregate over the events e of k with
 * floor_hop(t - W) <= e.time <= t. Keeps every event and goes through them each time: slow and obvious. Shares no code
 * with the window core, which it judges.
 */
public final class Oracle {

    private static final Comparator<SelectedEvent> ORDER = Comparator.comparingLong(SelectedEvent::timeMillis)
            .thenComparingInt(SelectedEvent::partition)
            .thenComparingLong(SelectedEvent::offset);

    private final List<Column.Windowed> columns;
    private final Map<String, List<SelectedEvent>> events = new HashMap<>();

    /**
     * An oracle that knows no event yet.
     *
     * @param columns the windowed columns of the plan
     */
    public Oracle(List<Column.Windowed> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Learns of an event, in any order. */
    public void add(SelectedEvent event) {
        events.computeIfAbsent(event.entity(), entity -> new ArrayList<>()).add(event);
    }

    /** What the value of that column is for that entity at that moment, of the events learnt so far. */
    public Answer answer(int column, String entity, long asOfMillis) {
        Column.Windowed of = columns.get(column);
        BigInteger from = tail(of.window(), asOfMillis);
        List<SelectedEvent> covered = new ArrayList<>();
        for (SelectedEvent event : events.getOrDefault(entity, List.of())) {
            boolean afterTail = BigInteger.valueOf(event.timeMillis()).compareTo(from) >= 0;
            if (afterTail && event.timeMillis() <= asOfMillis) {
                covered.add(event);
            }
        }
        covered.sort(ORDER);
        List<Object> values = new ArrayList<>();
        for (SelectedEvent event : covered) {
            Column.Aggregate aggregate = of.aggregate();
            boolean counts = aggregate.filter() == Column.Aggregate.NO_FILTER || event.passes(aggregate.filter());
            Object value = aggregate.input() == Column.Aggregate.ALL_EVENTS ? event : event.input(aggregate.input());
            if (counts && value != null) {
                values.add(value);
            }
        }
        return PlainMath.answer(of.aggregate(), values);
    }

    /** The earliest event time that counts: floor_hop(t - W), without a border. */
    private static BigInteger tail(Window window, long asOfMillis) {
        if (window.isLifetime()) {
            return BigInteger.valueOf(Long.MIN_VALUE);
        }
        BigInteger hop = BigInteger.valueOf(window.hopMillis());
        BigInteger start = BigInteger.valueOf(asOfMillis).subtract(BigInteger.valueOf(window.lengthMillis()));
        return start.subtract(start.mod(hop));
    }
}
