/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.expression.ValueType;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The types of the values of an event or a row, by position, and how such values are written. */
record ValueTypes(List<ValueType> types) implements Serializable {

    ValueTypes {
        types = List.copyOf(types);
    }

    void writeValues(IntFunction<@Nullable Object> values, DataOutput out) throws IOException {
        for (int i = 0; i < types.size(); i++) {
            ValueForm.writeNullable(values.apply(i), types.get(i), out);
        }
    }

    @Nullable
    Object[] readValues(DataInput in) throws IOException {
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ValueForm.readNullable(types.get(i), in);
        }
        return values;
    }

    void write(DataOutput out) throws IOException {
        Varint.write(types.size(), out);
        for (ValueType type : types) {
            writeType(type, out);
        }
    }

    static ValueTypes read(DataInput in) throws IOException {
        int size = Varint.readCount(in);
        List<ValueType> types = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            types.add(readType(in));
        }
        return new ValueTypes(types);
    }

    static void writeType(ValueType type, DataOutput out) throws IOException {
        out.writeUTF(type.kind().name());
        out.writeByte(type.precision());
        out.writeByte(type.scale());
        for (ValueType element : type.elements()) {
            writeType(element, out);
        }
    }

    static ValueType readType(DataInput in) throws IOException {
        ValueType.Kind kind = ValueType.Kind.valueOf(in.readUTF());
        int precision = in.readByte();
        int scale = in.readByte();
        boolean nests = kind == ValueType.Kind.LIST || kind == ValueType.Kind.MAP;
        return new ValueType(kind, precision, scale, nests ? List.of(readType(in)) : List.of());
    }
}
