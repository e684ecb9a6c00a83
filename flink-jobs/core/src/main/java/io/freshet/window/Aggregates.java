/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Computation;
import io.freshet.function.CorePartials;
import io.freshet.function.CorePartials.Kind;
import io.freshet.function.Finish;
import io.freshet.function.Partials;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes aggregates: finds what columns share, and the form in which it is kept. */
final class Aggregates {

    /** What {@link NumbersAggregate} keeps together. */
    private static final Set<Kind> NUMBERS = EnumSet.of(Kind.COUNT, Kind.SUM, Kind.MIN, Kind.MAX);

    private Aggregates() {}

    /**
     * A partial state that columns share.
     *
     * @param partials what is kept
     * @param inputs positions of its inputs in the event; none for whole events
     * @param filter position of its filter in the event; {@link Column.Selection#NONE} for none
     */
    record Shared(Partials partials, List<Integer> inputs, int filter) {}

    /**
     * What a column shares with others, and what it makes of that for itself.
     *
     * @param shared the partial state
     * @param finish makes the value
     */
    record Use(Shared shared, Finish<?> finish) {}

    /** What a column uses. */
    static Use use(Column.Windowed column) {
        Column.Aggregate aggregate = column.aggregate();
        Computation computation = aggregate.bound(column.window());
        Column.Selection selection = aggregate.selection();
        if (selection.category() == Column.Selection.NONE && selection.latest() == 0) {
            return new Use(
                    new Shared(computation.partials(), aggregate.inputs(), selection.filter()), computation.finish());
        }
        if (computation.partials() instanceof CorePartials core) {
            CellAlgebra cells = new CellAlgebra(core, aggregate.inputs().isEmpty());
            return decorated(aggregate, cells, cells.finish(computation.finish()));
        }
        return decorated(aggregate, (Algebra<?>) computation.partials(), computation.finish());
    }

    @SuppressWarnings("unchecked") // a computation's finish is one for its own partials
    private static <P> Use decorated(Column.Aggregate aggregate, Algebra<P> algebra, Finish<?> finish) {
        Column.Selection selection = aggregate.selection();
        List<Integer> inputs = new ArrayList<>(aggregate.inputs());
        if (selection.category() == Column.Selection.NONE) {
            return latest(aggregate, inputs, algebra, (Finish<P>) finish);
        }
        CategoryAlgebra<P> categories = new CategoryAlgebra<>(algebra, inputs.size(), selection.maxCategories());
        inputs.add(selection.category());
        Finish<CategoryAlgebra.Categories<P>> maps = categories.finish((Finish<P>) finish);
        return selection.latest() == 0
                ? new Use(new Shared(categories, inputs, selection.filter()), maps)
                : latest(aggregate, inputs, categories, maps);
    }

    private static <P> Use latest(
            Column.Aggregate aggregate, List<Integer> inputs, Algebra<P> algebra, Finish<P> finish) {
        List<ValueType> types = new ArrayList<>(aggregate.inputTypes());
        if (inputs.size() > types.size()) {
            types.add(aggregate.categoryType());
        }
        Column.Selection selection = aggregate.selection();
        LatestAlgebra<P> latest = new LatestAlgebra<>(algebra, selection.latest(), types);
        return new Use(new Shared(latest, inputs, selection.filter()), latest.finish(finish));
    }

    /** Puts together what one aggregate keeps: what is asked of the numbers of one input, and all else by itself. */
    static List<List<Shared>> groups(Collection<Shared> all) {
        Map<Object, List<Shared>> groups = new LinkedHashMap<>();
        for (Shared each : all) {
            Object key = isOfNumbers(each) ? List.of(each.inputs(), each.filter()) : each;
            groups.computeIfAbsent(key, unseen -> new ArrayList<>()).add(each);
        }
        return List.copyOf(groups.values());
    }

    private static boolean isOfNumbers(Shared shared) {
        return shared.partials() instanceof CorePartials core
                && !shared.inputs().isEmpty()
                && isOfNumbers(core);
    }

    private static boolean isOfNumbers(CorePartials core) {
        ValueType.Kind type = core.input().kind();
        return NUMBERS.contains(core.kind()) && (type == ValueType.Kind.LONG || type == ValueType.Kind.TIMESTAMP);
    }

    /** The aggregate that keeps partial states of one group, with its cells claimed. */
    static Aggregate create(List<Shared> group, Placement placement) {
        Shared first = group.get(0);
        if (isOfNumbers(first)) {
            Set<Kind> parts = EnumSet.noneOf(Kind.class);
            group.forEach(each -> parts.add(((CorePartials) each.partials()).kind()));
            return new NumbersAggregate(placement.of(first.inputs().get(0)), parts);
        }
        if (first.partials() instanceof CorePartials core) {
            placement.of(
                    first.inputs().isEmpty()
                            ? Aggregate.ALL_EVENTS
                            : first.inputs().get(0));
            return create(core, first.inputs().isEmpty(), placement);
        }
        int[] inputs = first.inputs().stream().mapToInt(Integer::intValue).toArray();
        return new ObjectAggregate<>(placement, (Algebra<?>) first.partials(), inputs);
    }

    /** The aggregate of plain cells. */
    static Aggregate create(CorePartials core, boolean ofEvents, Placement placement) {
        if (!ofEvents && isOfNumbers(core)) {
            return new NumbersAggregate(placement, Set.of(core.kind()));
        }
        ValueType type = core.input();
        return switch (core.kind()) {
            case COUNT -> new CountAggregate(placement);
            case SUM -> sum(type, placement);
            case MIN ->
                type.kind() == ValueType.Kind.DOUBLE
                        ? ExtremeAggregate.least(placement)
                        : ObjectExtremeAggregate.least(placement, type);
            case MAX ->
                type.kind() == ValueType.Kind.DOUBLE
                        ? ExtremeAggregate.greatest(placement)
                        : ObjectExtremeAggregate.greatest(placement, type);
            case MOMENTS -> new VarianceAggregate(placement);
            case FIRST -> EdgeAggregate.first(placement, type);
            case LAST -> EdgeAggregate.last(placement, type);
            case SKETCH -> new SketchAggregate(placement, type);
        };
    }

    private static Aggregate sum(ValueType type, Placement placement) {
        return switch (type.kind()) {
            case DOUBLE -> new DoubleSumAggregate(placement);
            case DECIMAL -> new DecimalSumAggregate(placement, type);
            case LONG, BOOLEAN, STRING, TIMESTAMP, LIST, MAP ->
                throw new IllegalArgumentException("Cannot sum values of type " + type + ", expected numbers");
        };
    }
}
