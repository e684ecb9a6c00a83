/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stored form of held events. Their raw bytes are not kept: a held event cannot prove late. */
final class HeldEventsForm {

    /** Type of each input by position; null where no column reads it. */
    private final @Nullable ValueType[] inputTypes;

    HeldEventsForm(List<Column.Windowed> columns) {
        SortedMap<Integer, ValueType> types = new TreeMap<>();
        for (Column.Windowed column : columns) {
            Column.Aggregate aggregate = column.aggregate();
            for (int i = 0; i < aggregate.inputs().size(); i++) {
                types.put(aggregate.inputs().get(i), aggregate.inputTypes().get(i));
            }
            if (aggregate.selection().category() != Column.Selection.NONE) {
                types.put(aggregate.selection().category(), aggregate.categoryType());
            }
        }
        inputTypes = new ValueType[types.isEmpty() ? 0 : types.lastKey() + 1];
        types.forEach((input, type) -> inputTypes[input] = type);
    }

    void write(@Nullable HeldEvents held, DataOutput out) throws IOException {
        int size = held == null ? 0 : held.size();
        Varint.write(size, out);
        if (held == null || size == 0) {
            return;
        }
        ValueForm.writeText(held.at(0).entity(), out);
        long previous = 0;
        for (int i = 0; i < size; i++) {
            SelectedEvent event = held.at(i);
            Varint.writeSigned(event.timeMillis() - previous, out);
            previous = event.timeMillis();
            Varint.writeSigned(event.partition(), out);
            Varint.writeSigned(event.offset(), out);
            Varint.writeSigned(event.ingestedAtMillis(), out);
            Varint.write(event.filters(), out);
            for (int input = 0; input < inputTypes.length; input++) {
                ValueType type = inputTypes[input];
                if (type != null) {
                    ValueForm.writeNullable(event.input(input), type, out);
                }
            }
        }
    }

    @Nullable
    HeldEvents read(DataInput in) throws IOException {
        int size = Varint.readCount(in);
        if (size == 0) {
            return null;
        }
        String entity = ValueForm.readText(in);
        HeldEvents held = new HeldEvents();
        long time = 0;
        for (int i = 0; i < size; i++) {
            time += Varint.readSigned(in);
            int partition = (int) Varint.readSigned(in);
            long offset = Varint.readSigned(in);
            long ingestedAt = Varint.readSigned(in);
            long filters = Varint.read(in);
            held.add(new SelectedEvent(entity, time, partition, offset, ingestedAt, filters, readInputs(in), null));
        }
        return held;
    }

    private @Nullable Object[] readInputs(DataInput in) throws IOException {
        @Nullable Object[] inputs = new Object[inputTypes.length];
        for (int input = 0; input < inputTypes.length; input++) {
            ValueType type = inputTypes[input];
            if (type != null) {
                inputs[input] = ValueForm.readNullable(type, in);
            }
        }
        return inputs;
    }
}
