/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Meanings;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.expression.ValueType;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityStateCodec;
import io.freshet.window.SharedTiles;
import io.freshet.window.TileSet;
import io.freshet.window.WindowEngine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All that the stored form of an entity's state depends on. It is stored beside the state, which so can be read before
 * any view is planned.
 *
 * @param columns the windowed columns
 * @param meanings what each of them is, see {@link Meanings}; empty in what the first form of states says
 * @param tiles which of them share tiles
 * @param emit when events are applied
 */
record StateShape(List<Column.Windowed> columns, List<String> meanings, List<TileSet> tiles, Emit emit) {

    private static final int VERSION = 3;

    /** Says nothing of meanings and tiles: all columns began together. */
    private static final int FIRST_VERSION = 2;

    StateShape {
        columns = List.copyOf(columns);
        meanings = List.copyOf(meanings);
        tiles = List.copyOf(tiles);
    }

    /** The shape of a view that begins. */
    static StateShape of(ViewPlan plan) {
        return new StateShape(
                plan.windowed(),
                meanings(plan),
                TileSet.of(plan.windowed()),
                plan.view().emit());
    }

    /** The shape of a view that takes the place of this: what means the same goes on where it is. */
    StateShape followedBy(ViewPlan plan) {
        StateShape alone = of(plan);
        return new StateShape(
                alone.columns, alone.meanings, TileSet.after(tiles, alone.columns, alone.keptFrom(this)), alone.emit);
    }

    private static List<String> meanings(ViewPlan plan) {
        List<String> all = Meanings.of(plan);
        return IntStream.range(0, all.size())
                .filter(column -> plan.columns().get(column) instanceof Column.Windowed)
                .mapToObj(all::get)
                .toList();
    }

    /** Of each column here its position in another shape; {@link TileSet#ADDED} where that has not what it means. */
    List<Integer> keptFrom(StateShape before) {
        List<String> names = before.columns.stream().map(Column::name).toList();
        Map<List<Integer>, List<Integer>> reads = new HashMap<>();
        List<Integer> from = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            int old = names.indexOf(columns.get(column).name());
            boolean isSame = old >= 0
                    && !before.meanings.isEmpty()
                    && before.meanings.get(old).equals(meanings.get(column));
            if (isSame) {
                // What was kept apart before, two spellings of one filter, cannot be taken over as one.
                List<Integer> was = reads.putIfAbsent(reads(columns.get(column)), reads(before.columns.get(old)));
                isSame = was == null || was.equals(reads(before.columns.get(old)));
            }
            from.add(isSame ? old : TileSet.ADDED);
        }
        return from;
    }

    private static List<Integer> reads(Column.Windowed column) {
        List<Integer> reads = new ArrayList<>(column.aggregate().inputs());
        reads.add(column.aggregate().selection().category());
        reads.add(column.aggregate().selection().filter());
        return reads;
    }

    /** Whether states of the other shape are states of this one as they are. */
    boolean reads(StateShape before) {
        List<Integer> same = IntStream.range(0, columns.size()).boxed().toList();
        return before.codec().layout().equals(codec().layout())
                && (before.isMute() || keptFrom(before).equals(same));
    }

    /** Whether nothing is known of what its columns mean: it cannot become another shape. */
    boolean isMute() {
        return meanings.isEmpty();
    }

    WindowEngine engine(ViewMetrics metrics) {
        return new WindowEngine(columns, tiles, emit, metrics);
    }

    EntityStateCodec codec() {
        return engine(ViewMetrics.NONE).codec();
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(emit.name());
        Varint.write(meanings.size(), out);
        for (String meaning : meanings) {
            ValueForm.writeText(meaning, out);
        }
        Varint.write(tiles.size(), out);
        for (TileSet set : tiles) {
            write(set, out);
        }
        Varint.write(columns.size(), out);
        for (Column.Windowed column : columns) {
            out.writeUTF(column.name());
            ValueTypes.writeType(column.type(), out);
            write(column.aggregate(), out);
            Window window = column.window();
            out.writeUTF(window.label());
            Varint.write(window.lengthMillis(), out);
            Varint.write(window.hopMillis(), out);
            Varint.write(window.offsetMillis(), out);
            Varint.write(window.count(), out);
        }
    }

    private static void write(TileSet set, DataOutput out) throws IOException {
        out.writeBoolean(set.keepsAll());
        Varint.write(set.edges().size(), out);
        for (SharedTiles.Edge edge : set.edges()) {
            Varint.write(edge.lengthMillis(), out);
            Varint.write(edge.hopMillis(), out);
        }
        Varint.write(set.columns().size(), out);
        for (int column : set.columns()) {
            Varint.write(column, out);
        }
    }

    private static TileSet readTiles(DataInput in) throws IOException {
        boolean keepsAll = in.readBoolean();
        List<SharedTiles.Edge> edges = new ArrayList<>();
        for (int i = Varint.readCount(in); i > 0; i--) {
            edges.add(new SharedTiles.Edge(Varint.read(in), Varint.read(in)));
        }
        List<Integer> columns = new ArrayList<>();
        for (int i = Varint.readCount(in); i > 0; i--) {
            columns.add(Varint.readCount(in));
        }
        return new TileSet(edges, keepsAll, columns);
    }

    private static void write(Column.Aggregate aggregate, DataOutput out) throws IOException {
        out.writeUTF(aggregate.function());
        Varint.write(aggregate.inputs().size(), out);
        for (int i = 0; i < aggregate.inputs().size(); i++) {
            Varint.write(aggregate.inputs().get(i), out);
            ValueTypes.writeType(aggregate.inputTypes().get(i), out);
        }
        Varint.write(aggregate.arguments().size(), out);
        for (Map.Entry<String, String> argument : aggregate.arguments().entrySet()) {
            out.writeUTF(argument.getKey());
            out.writeUTF(argument.getValue());
        }
        Column.Selection selection = aggregate.selection();
        Varint.writeSigned(selection.filter(), out);
        Varint.writeSigned(selection.category(), out);
        Varint.write(selection.maxCategories(), out);
        Varint.write(selection.latest(), out);
        ValueTypes.writeType(aggregate.categoryType(), out);
    }

    static StateShape read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION && version != FIRST_VERSION) {
            throw new IOException("Cannot read the shape of a state: version " + version + ", expected " + FIRST_VERSION
                    + " or " + VERSION);
        }
        Emit emit = Emit.valueOf(in.readUTF());
        List<String> meanings = new ArrayList<>();
        List<TileSet> tiles = new ArrayList<>();
        if (version == VERSION) {
            for (int i = Varint.readCount(in); i > 0; i--) {
                meanings.add(ValueForm.readText(in));
            }
            for (int i = Varint.readCount(in); i > 0; i--) {
                tiles.add(readTiles(in));
            }
        }
        int size = Varint.readCount(in);
        List<Column.Windowed> columns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(new Column.Windowed(
                    in.readUTF(),
                    ValueTypes.readType(in),
                    readAggregate(in),
                    new Window(in.readUTF(), Varint.read(in), Varint.read(in), Varint.read(in), Varint.readCount(in))));
        }
        return new StateShape(columns, meanings, version == VERSION ? tiles : TileSet.of(columns), emit);
    }

    private static Column.Aggregate readAggregate(DataInput in) throws IOException {
        String function = in.readUTF();
        List<Integer> inputs = new ArrayList<>();
        List<ValueType> types = new ArrayList<>();
        for (int i = Varint.readCount(in); i > 0; i--) {
            inputs.add(Varint.readCount(in));
            types.add(ValueTypes.readType(in));
        }
        SortedMap<String, String> arguments = new TreeMap<>();
        for (int i = Varint.readCount(in); i > 0; i--) {
            arguments.put(in.readUTF(), in.readUTF());
        }
        Column.Selection selection = new Column.Selection(
                (int) Varint.readSigned(in), (int) Varint.readSigned(in), Varint.readCount(in), Varint.readCount(in));
        return new Column.Aggregate(function, inputs, types, arguments, selection, ValueTypes.readType(in));
    }
}
