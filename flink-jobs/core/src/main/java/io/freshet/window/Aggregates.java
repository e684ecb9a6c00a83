/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Computation;
import io.freshet.function.CorePartials;
import io.freshet.function.Finish;
import io.freshet.function.Partials;
import java.util.ArrayList;
import java.util.List;

/** Makes aggregates: finds what columns share, and the form in which it is kept. */
final class Aggregates {

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

    /** The aggregate that keeps a partial state, with its cells claimed. */
    static Aggregate create(Shared shared, Placement placement) {
        if (shared.partials() instanceof CorePartials core) {
            placement.of(
                    shared.inputs().isEmpty()
                            ? Aggregate.ALL_EVENTS
                            : shared.inputs().get(0));
            return create(core, placement);
        }
        int[] inputs = shared.inputs().stream().mapToInt(Integer::intValue).toArray();
        return new ObjectAggregate<>(placement, (Algebra<?>) shared.partials(), inputs);
    }

    /** The aggregate of plain cells. */
    static Aggregate create(CorePartials core, Placement placement) {
        ValueType type = core.input();
        return switch (core.kind()) {
            case COUNT -> new CountAggregate(placement);
            case SUM -> sum(type, placement);
            case MIN ->
                isHeldAsLong(type)
                        ? ExtremeAggregate.least(placement, type)
                        : ObjectExtremeAggregate.least(placement, type);
            case MAX ->
                isHeldAsLong(type)
                        ? ExtremeAggregate.greatest(placement, type)
                        : ObjectExtremeAggregate.greatest(placement, type);
            case MOMENTS -> new VarianceAggregate(placement);
            case FIRST -> EdgeAggregate.first(placement, type);
            case LAST -> EdgeAggregate.last(placement, type);
            case OCCURRENCES -> new DistinctAggregate(placement, type);
            case SKETCH -> new SketchAggregate(placement, type);
        };
    }

    private static boolean isHeldAsLong(ValueType type) {
        return type.kind() != ValueType.Kind.DECIMAL && type.kind() != ValueType.Kind.STRING;
    }

    private static Aggregate sum(ValueType type, Placement placement) {
        return switch (type.kind()) {
            case LONG -> new LongSumAggregate(placement);
            case DOUBLE -> new DoubleSumAggregate(placement);
            case DECIMAL -> new DecimalSumAggregate(placement, type);
            case BOOLEAN, STRING, TIMESTAMP, LIST, MAP ->
                throw new IllegalArgumentException("Cannot sum values of type " + type + ", expected numbers");
        };
    }
}
