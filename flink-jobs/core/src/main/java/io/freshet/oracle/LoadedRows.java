/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.definition.Column;
import io.freshet.event.SelectedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The rows that must be of events that became known load by load, each available from some time on: what a job would have
 * written that took in each event when it was available, and knew of time what the events available by then say. Goes
 * through all events for each one: slow and obvious.
 */
public final class LoadedRows {

    private final List<Column.Windowed> columns;
    private final List<Known> events;
    private final long roundMillis;

    /**
     * An event and when it became known.
     *
     * @param event the event
     * @param load number of the load it came with
     * @param availableMillis from when it was available, ms since 1970 UTC
     */
    public record Known(SelectedEvent event, int load, long availableMillis) {

        private Moment moment() {
            return new Moment(load, availableMillis);
        }
    }

    /**
     * A row that must be.
     *
     * @param load the last load that it needs
     * @param availableMillis from when it could be had
     * @param answers one per windowed column
     */
    public record Row(String entity, long asOfMillis, long seq, int load, long availableMillis, List<Answer> answers) {}

    /** When something was known: with a load, from a time on. */
    private record Moment(int load, long millis) implements Comparable<Moment> {
        private static final Comparator<Moment> ORDER =
                Comparator.comparingInt(Moment::load).thenComparingLong(Moment::millis);

        @Override
        public int compareTo(Moment other) {
            return ORDER.compare(this, other);
        }
    }

    private LoadedRows(List<Column.Windowed> columns, List<Known> events, long roundMillis) {
        this.columns = columns;
        this.events = events;
        this.roundMillis = roundMillis;
    }

    /**
     * The rows, each entity's in the order in which they are made.
     *
     * @param roundMillis how coarsely it is known up to when events have come: times of availability are rounded up to it
     */
    public static List<Row> of(List<Column.Windowed> columns, List<Known> events, long roundMillis) {
        LoadedRows rows = new LoadedRows(columns, events, roundMillis);
        return events.stream()
                .collect(Collectors.groupingBy(known -> known.event().entity(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(entity -> rows.of(entity.getKey(), entity.getValue()).stream())
                .toList();
    }

    private List<Row> of(String entity, List<Known> own) {
        own.sort(Comparator.comparing(Known::moment)
                .thenComparingLong(known -> known.event().timeMillis())
                .thenComparingInt(known -> known.event().partition())
                .thenComparingLong(known -> known.event().offset()));
        Oracle oracle = new Oracle(columns);
        RowMoments moments = new RowMoments(columns);
        List<Row> rows = new ArrayList<>();
        Moment now = new Moment(Integer.MIN_VALUE, Long.MIN_VALUE);
        for (Known known : own) {
            now = passed(entity, known.moment(), now, moments, oracle, rows);
            now = later(now, known.moment());
            List<RowMoments.Moment> made = moments.event(known.event(), Long.MIN_VALUE);
            // All but the last are of tiles that leave before the event counts.
            for (RowMoments.Moment row : made.subList(0, Math.max(0, made.size() - 1))) {
                rows.add(row(entity, row, now, oracle));
            }
            oracle.add(known.event());
            if (!made.isEmpty()) {
                rows.add(row(entity, made.get(made.size() - 1), now, oracle));
            }
        }
        passed(entity, new Moment(Integer.MAX_VALUE, Long.MAX_VALUE), now, moments, oracle, rows);
        return rows;
    }

    /** Adds the rows of tiles that were known to have left before a moment; gives from when the last is available. */
    private Moment passed(String entity, Moment before, Moment now, RowMoments moments, Oracle oracle, List<Row> rows) {
        Moment latest = now;
        long reached = events.stream()
                .filter(known -> rounded(known).compareTo(before) < 0)
                .mapToLong(known -> known.event().timeMillis())
                .max()
                .orElse(Long.MIN_VALUE);
        for (RowMoments.Moment row : moments.watermark(reached)) {
            Predicate<Known> isAtOrBehind = known -> known.event().timeMillis() >= row.asOfMillis();
            Optional<Moment> known =
                    events.stream().filter(isAtOrBehind).map(this::rounded).min(Comparator.naturalOrder());
            latest = later(latest, known.orElseThrow());
            rows.add(row(entity, row, latest, oracle));
        }
        return latest;
    }

    private Moment rounded(Known known) {
        long up = -Math.floorDiv(-known.availableMillis(), roundMillis) * roundMillis;
        return new Moment(known.load(), up);
    }

    private static Moment later(Moment one, Moment other) {
        return new Moment(Math.max(one.load(), other.load()), Math.max(one.millis(), other.millis()));
    }

    private Row row(String entity, RowMoments.Moment row, Moment now, Oracle oracle) {
        List<Answer> answers = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            answers.add(oracle.answer(column, entity, row.asOfMillis()));
        }
        return new Row(entity, row.asOfMillis(), row.seq(), now.load(), now.millis(), answers);
    }
}
