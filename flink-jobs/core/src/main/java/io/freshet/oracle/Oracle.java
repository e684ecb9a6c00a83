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
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

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

    /** Whether it knows the function of that column; those of users' jars it does not. */
    public boolean knows(int column) {
        return PlainFunctions.find(columns.get(column).aggregate().function()).isPresent();
    }

    /** Learns of an event, in any order. */
    public void add(SelectedEvent event) {
        events.computeIfAbsent(event.entity(), entity -> new ArrayList<>()).add(event);
    }

    /** What the value of that column is for that entity at that moment, of the events learnt so far. */
    public Answer answer(int column, String entity, long asOfMillis) {
        Window window = columns.get(column).window();
        if (!window.isSeries()) {
            return answer(column, entity, asOfMillis, window.offsetMillis());
        }
        List<Answer> series = new ArrayList<>();
        for (int back = window.count() - 1; back >= 0; back--) {
            series.add(answer(column, entity, asOfMillis, window.offsetMillis() + back * window.lengthMillis()));
        }
        return Answer.list(series);
    }

    private Answer answer(int column, String entity, long asOfMillis, long offsetMillis) {
        Column.Windowed of = columns.get(column);
        List<SelectedEvent> counted = new ArrayList<>();
        for (SelectedEvent event : events.getOrDefault(entity, List.of())) {
            if (isCovered(of.window(), event.timeMillis(), asOfMillis, offsetMillis) && counts(of.aggregate(), event)) {
                counted.add(event);
            }
        }
        counted.sort(ORDER);
        int latest = of.aggregate().selection().latest();
        if (latest > 0 && counted.size() > latest) {
            counted = counted.subList(counted.size() - latest, counted.size());
        }
        return of.aggregate().selection().category() == Column.Selection.NONE
                ? answer(of, counted, asOfMillis)
                : answerPerCategory(of, counted, asOfMillis);
    }

    private static boolean isCovered(Window window, long timeMillis, long asOfMillis, long offsetMillis) {
        if (timeMillis > asOfMillis) {
            return false;
        }
        if (window.isLifetime()) {
            return true;
        }
        BigInteger time = BigInteger.valueOf(timeMillis);
        BigInteger end = BigInteger.valueOf(asOfMillis).subtract(BigInteger.valueOf(offsetMillis));
        BigInteger hop = BigInteger.valueOf(window.hopMillis());
        boolean beforeEnd = offsetMillis == 0 || time.compareTo(floor(end, hop)) < 0;
        BigInteger tail = floor(end.subtract(BigInteger.valueOf(window.lengthMillis())), hop);
        return beforeEnd && time.compareTo(tail) >= 0;
    }

    private static BigInteger floor(BigInteger time, BigInteger hop) {
        return time.subtract(time.mod(hop));
    }

    private static boolean counts(Column.Aggregate aggregate, SelectedEvent event) {
        Column.Selection selection = aggregate.selection();
        if (selection.filter() != Column.Selection.NONE && !event.passes(selection.filter())) {
            return false;
        }
        if (selection.category() != Column.Selection.NONE && event.input(selection.category()) == null) {
            return false;
        }
        return PlainFunctions.takesNulls(aggregate.function())
                || aggregate.inputs().stream().allMatch(input -> event.input(input) != null);
    }

    private static Answer answerPerCategory(Column.Windowed of, List<SelectedEvent> events, long asOfMillis) {
        Column.Selection selection = of.aggregate().selection();
        Map<String, List<SelectedEvent>> categories = new TreeMap<>();
        for (SelectedEvent event : events) {
            categories
                    .computeIfAbsent(String.valueOf(event.input(selection.category())), name -> new ArrayList<>())
                    .add(event);
        }
        if (categories.isEmpty() || categories.size() > selection.maxCategories()) {
            return Answer.exact(null);
        }
        Map<String, Answer> answers = new TreeMap<>();
        categories.forEach((name, own) -> answers.put(name, answer(of, own, asOfMillis)));
        return Answer.map(answers);
    }

    private static Answer answer(Column.Windowed of, List<SelectedEvent> events, long asOfMillis) {
        Column.Aggregate aggregate = of.aggregate();
        List<PlainEvent> plain = new ArrayList<>();
        for (SelectedEvent event : events) {
            List<@Nullable Object> inputs = new ArrayList<>();
            aggregate.inputs().forEach(input -> inputs.add(event.input(input)));
            plain.add(new PlainEvent(event.timeMillis(), event.partition(), event.offset(), inputs));
        }
        OptionalLong length = of.window().isLifetime()
                ? OptionalLong.empty()
                : OptionalLong.of(of.window().lengthMillis());
        PlainFunction function = PlainFunctions.find(aggregate.function())
                .orElseThrow(
                        () -> new IllegalArgumentException("The oracle does not know '" + aggregate.function() + "'"));
        return function.answer(
                new PlainFunction.Question(aggregate.inputTypes(), aggregate.arguments(), length, asOfMillis), plain);
    }
}
