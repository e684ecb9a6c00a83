/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.function.ValueForm;
import io.freshet.function.Varint;
import io.freshet.row.CompleteSince;
import io.freshet.row.FeatureRow;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one view between operators, each value by the type it has in the plan. */
public final class FeatureRowSerializer extends ImmutableSerializer<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final ValueTypes columns;

    private FeatureRowSerializer(ValueTypes columns) {
        this.columns = columns;
    }

    /** The serializer of that view's rows. */
    public static FeatureRowSerializer of(ViewPlan plan) {
        return new FeatureRowSerializer(
                new ValueTypes(plan.columns().stream().map(Column::type).toList()));
    }

    @Override
    public void serialize(FeatureRow row, DataOutputView target) throws IOException {
        ValueForm.writeText(row.entity(), target);
        target.writeLong(row.asOfMillis());
        target.writeLong(row.availableAtMillis());
        Varint.write(row.seq(), target);
        row.completeSince().write(target);
        target.writeLong(row.ingestedAtMillis());
        columns.writeValues(row::value, target);
    }

    @Override
    public FeatureRow deserialize(DataInputView source) throws IOException {
        String entity = ValueForm.readText(source);
        long asOfMillis = source.readLong();
        long availableAtMillis = source.readLong();
        long seq = Varint.read(source);
        CompleteSince completeSince = CompleteSince.read(source);
        long ingestedAtMillis = source.readLong();
        @Nullable Object[] values = columns.readValues(source);
        return new FeatureRow(entity, asOfMillis, availableAtMillis, seq, completeSince, ingestedAtMillis, values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FeatureRowSerializer that && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<FeatureRow> snapshotConfiguration() {
        return new Snapshot(columns);
    }

    /** What is stored of the serializer: the types of the columns. */
    public static final class Snapshot extends TypesSnapshot<FeatureRow> {

        /** For Flink, which reads the rest. */
        public Snapshot() {}

        private Snapshot(ValueTypes types) {
            super(types);
        }

        @Override
        public TypeSerializer<FeatureRow> restoreSerializer() {
            return new FeatureRowSerializer(types());
        }
    }
}
