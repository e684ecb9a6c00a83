/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Occurrence;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A value and the event it came with. Items are ordered as their events: by time, partition, offset.
 *
 * @param timeMillis event time, ms since 1970 UTC
 * @param partition partition of the event
 * @param offset offset of the event
 * @param value the value
 */
record Item(long timeMillis, int partition, long offset, Object value) implements Comparable<Item> {

    /** The first input of an event. */
    static Item of(Occurrence event) {
        return of(event, event.value(0));
    }

    /** What stands for the first input of an event. */
    static Item of(Occurrence event, Object value) {
        return new Item(event.timeMillis(), event.partition(), event.offset(), value);
    }

    @Override
    public int compareTo(Item other) {
        int order = Long.compare(timeMillis, other.timeMillis);
        if (order == 0) {
            order = Integer.compare(partition, other.partition);
        }
        return order == 0 ? Long.compare(offset, other.offset) : order;
    }

    void write(ValueType type, DataOutput out) throws IOException {
        Varint.writeSigned(timeMillis, out);
        Varint.writeSigned(partition, out);
        Varint.writeSigned(offset, out);
        ValueForm.write(value, type, out);
    }

    static Item read(ValueType type, DataInput in) throws IOException {
        return new Item(
                Varint.readSigned(in), (int) Varint.readSigned(in), Varint.readSigned(in), ValueForm.read(type, in));
    }
}
