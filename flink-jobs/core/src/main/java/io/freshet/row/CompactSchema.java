/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The form of a row as one binary value: {@code _version} (4 bytes), {@code _as_of} and {@code _seq} (8 bytes each, big end
 * first), by which a script tells the newer of two; then an Avro record in single-object encoding (C3 01, the schema's
 * fingerprint, the body) with {@code _available_at}, {@code _warming} and one nullable field per column.
 */
public final class CompactSchema {

    /** Bytes before the Avro record. */
    public static final int HEAD_BYTES = Integer.BYTES + 2 * Long.BYTES;

    private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};

    private CompactSchema() {}

    /** The schema of the record: the fields of the history's that it has, in their order. */
    public static Schema of(ViewPlan plan) {
        Set<String> names = new HashSet<>(List.of(OnlineKeys.AVAILABLE_AT, OnlineKeys.WARMING));
        plan.columns().stream().map(Column::name).forEach(names::add);
        Schema history = HistorySchema.of(plan);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : history.getFields()) {
            if (names.contains(field.name())) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        return Schema.createRecord(
                history.getName() + "Online", history.getDoc(), history.getNamespace(), false, fields);
    }

    /** The schema's fingerprint, CRC-64-AVRO of its canonical form. */
    public static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** What the Avro record begins with: the mark of a single object, and the schema's fingerprint, little end first. */
    static byte[] mark(Schema schema) {
        return ByteBuffer.allocate(SINGLE_OBJECT.length + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SINGLE_OBJECT)
                .putLong(fingerprint(schema))
                .array();
    }
}
