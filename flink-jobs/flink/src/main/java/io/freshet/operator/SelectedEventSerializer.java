/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes the events of one view between operators, each input by the type it has in the plan. */
public final class SelectedEventSerializer extends ImmutableSerializer<SelectedEvent> {
    private static final long serialVersionUID = 1L;

    /** Marks of an event: the record's value follows; it gives no row of its own. */
    private static final int RAW = 1;

    private static final int SILENT = 2;

    private final ValueTypes inputs;

    private SelectedEventSerializer(ValueTypes inputs) {
        this.inputs = inputs;
    }

    /** The serializer of that view's events. */
    public static SelectedEventSerializer of(ViewPlan plan) {
        return new SelectedEventSerializer(new ValueTypes(plan.inputTypes()));
    }

    @Override
    public void serialize(SelectedEvent event, DataOutputView target) throws IOException {
        ValueForm.writeText(event.entity(), target);
        target.writeLong(event.timeMillis());
        Varint.writeSigned(event.partition(), target);
        Varint.writeSigned(event.offset(), target);
        target.writeLong(event.ingestedAtMillis());
        Varint.write(event.filters(), target);
        inputs.writeValues(event::input, target);
        byte[] raw = event.raw();
        target.writeByte((raw == null ? 0 : RAW) | (event.silent() ? SILENT : 0));
        if (raw != null) {
            ValueForm.writeBytes(raw, target);
        }
    }

    @Override
    public SelectedEvent deserialize(DataInputView source) throws IOException {
        String entity = ValueForm.readText(source);
        long timeMillis = source.readLong();
        int partition = (int) Varint.readSigned(source);
        long offset = Varint.readSigned(source);
        long ingestedAtMillis = source.readLong();
        long filters = Varint.read(source);
        @Nullable Object[] values = inputs.readValues(source);
        int marks = source.readByte();
        byte[] raw = (marks & RAW) == 0 ? null : ValueForm.readBytes(source);
        SelectedEvent event =
                new SelectedEvent(entity, timeMillis, partition, offset, ingestedAtMillis, filters, values, raw);
        return (marks & SILENT) == 0 ? event : event.silently();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SelectedEventSerializer that && inputs.equals(that.inputs);
    }

    @Override
    public int hashCode() {
        return inputs.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<SelectedEvent> snapshotConfiguration() {
        return new Snapshot(inputs);
    }

    /** What is stored of the serializer: the types of the inputs. */
    public static final class Snapshot extends TypesSnapshot<SelectedEvent> {

        /** For Flink, which reads the rest. */
        public Snapshot() {}

        private Snapshot(ValueTypes types) {
            super(types);
        }

        @Override
        public TypeSerializer<SelectedEvent> restoreSerializer() {
            return new SelectedEventSerializer(types());
        }
    }
}
