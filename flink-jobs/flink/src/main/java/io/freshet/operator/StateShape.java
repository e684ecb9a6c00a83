/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Column;
import io.freshet.definition.Emit;
import io.freshet.definition.Function;
import io.freshet.definition.Window;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityStateCodec;
import io.freshet.window.Varint;
import io.freshet.window.WindowEngine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the stored form of an entity's state depends on. It is stored beside the state, which so can be read before
 * any view is planned.
 */
record StateShape(List<Column.Windowed> columns, Emit emit) {

    private static final int VERSION = 1;

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
            Column.Aggregate aggregate = column.aggregate();
            out.writeUTF(aggregate.function().name());
            Varint.writeSigned(aggregate.input(), out);
            ValueTypes.writeType(aggregate.inputType(), out);
            Varint.writeSigned(aggregate.filter(), out);
            Window window = column.window();
            out.writeUTF(window.label());
            Varint.write(window.lengthMillis(), out);
            Varint.write(window.hopMillis(), out);
        }
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
                    new Column.Aggregate(
                            Function.valueOf(in.readUTF()), (int) Varint.readSigned(in), ValueTypes.readType(in), (int)
                                    Varint.readSigned(in)),
                    new Window(in.readUTF(), Varint.read(in), Varint.read(in))));
        }
        return new StateShape(columns, emit);
    }
}
