/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Rows of one view as bytes of its {@link HistorySchema}, in Avro's single-object encoding: the bytes that a record and
 * Avro's own writer would give, without the record. The order of writing is that of the fields of the schema. Used by
 * one thread at a time.
 */
final class RowEncoder {

    private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 0x01};
    private static final int NULL_BRANCH = 0;
    private static final int VALUE_BRANCH = 1;

    private final byte[] header;
    private final int version;
    private final Warming warming;
    private final List<ViewPlan.Field> key;
    private final AvroValues.Writer[] keyWriters;
    private final AvroValues.Writer[] columnWriters;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);

    /**
     * An encoder.
     *
     * @param schema that of the plan's history
     */
    RowEncoder(ViewPlan plan, Schema schema) {
        header = header(schema);
        version = plan.view().version();
        warming = new Warming(plan.columns());
        key = plan.entity();
        keyWriters = writers(key, ViewPlan.Field::type);
        columnWriters = writers(plan.columns(), Column::type);
    }

    /** The bytes of a row. */
    byte[] encode(Row row, RowOrigin origin) {
        bytes.reset();
        try {
            out.writeFixed(header);
            writeKey(row.entity());
            out.writeLong(row.asOfMillis());
            out.writeLong(row.availableAtMillis());
            out.writeLong(row.seq());
            out.writeInt(version);
            out.writeEnum(origin.ordinal());
            writeIngestedAt(row.ingestedAtMillis());
            AvroValues.writeTexts(warming.columns(row), out);
            for (int i = 0; i < columnWriters.length; i++) {
                AvroValues.writeNullable(row.value(i), columnWriters[i], out);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode a row in memory", e);
        }
        return bytes.toByteArray();
    }

    private void writeKey(String entity) throws IOException {
        List<Object> values = EntityKey.parse(entity, key);
        for (int i = 0; i < keyWriters.length; i++) {
            keyWriters[i].write(values.get(i), out);
        }
    }

    private void writeIngestedAt(long millis) throws IOException {
        if (millis == FeatureRow.NO_EVENT) {
            out.writeIndex(NULL_BRANCH);
        } else {
            out.writeIndex(VALUE_BRANCH);
            out.writeLong(millis);
        }
    }

    /** What a single object starts with: two bytes that mark it, and its schema's fingerprint, little end first. */
    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(SINGLE_OBJECT.length + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SINGLE_OBJECT)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }

    private static <T> AvroValues.Writer[] writers(List<T> fields, Function<T, ValueType> type) {
        return fields.stream().map(type).map(AvroValues::writer).toArray(AvroValues.Writer[]::new);
    }
}
