/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Window;
import io.freshet.expression.ValueType;
import io.freshet.function.Varint;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityStateCodec;
import io.freshet.window.WindowEngine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the stored form of an entity's state depends on. It is stored beside the state, which so can be read before
 * any view is planned.
 */
record StateShape(List<Column.Windowed> columns, Emit emit) {

    private static final int VERSION = 2;

    StateShape {
        columns = List.copyOf(columns);
    }

    EntityStateCodec codec() {
        return new WindowEngine(columns, emit, ViewMetrics.NONE).codec();
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(emit.name());
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
        if (version != VERSION) {
            throw new IOException("Cannot read the shape of a state: version " + version + ", expected " + VERSION);
        }
        Emit emit = Emit.valueOf(in.readUTF());
        int size = Varint.readCount(in);
        List<Column.Windowed> columns = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            columns.add(new Column.Windowed(
                    in.readUTF(),
                    ValueTypes.readType(in),
                    readAggregate(in),
                    new Window(in.readUTF(), Varint.read(in), Varint.read(in), Varint.read(in), Varint.readCount(in))));
        }
        return new StateShape(columns, emit);
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
