/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.expression.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.jspecify.annotations.Nullable;

/** Rows of one view as the bytes of the history, and those and records of its {@link HistorySchema} as rows. Used by one thread at a time. */
public final class RowCodec {

    private final ViewPlan plan;
    private final Schema schema;
    private final String[] keyNames;
    private final RowEncoder encoder;
    private final BinaryMessageDecoder<GenericRecord> decoder;
    private final WrittenColumns written;

    /** For rows of that view. */
    public RowCodec(ViewPlan plan) {
        this.plan = plan;
        schema = HistorySchema.of(plan);
        keyNames = plan.entity().stream()
                .map(field -> HistorySchema.entityField(plan, field))
                .toArray(String[]::new);
        encoder = new RowEncoder(plan, schema);
        decoder = new BinaryMessageDecoder<>(new GenericData(), schema);
        written = new WrittenColumns(plan, List.of(schema));
    }

    /** The schema of the records. */
    public Schema schema() {
        return schema;
    }

    /** Lets {@link #decode} also read rows that were written with another schema of the view's history. */
    public void alsoReads(Schema earlier) {
        decoder.addSchema(earlier);
        written.alsoReads(earlier);
    }

    /** The row of a record of this codec's schema. */
    public HistoryRow toRow(GenericRecord record) {
        List<Object> key = new ArrayList<>(keyNames.length);
        for (int i = 0; i < keyNames.length; i++) {
            key.add(toPlain(record.get(keyNames[i]), plan.entity().get(i).type()));
        }
        List<@Nullable Object> values = new ArrayList<>(plan.columns().size());
        for (Column column : plan.columns()) {
            Object value = record.get(column.name());
            values.add(value == null ? null : toPlain(value, column.type()));
        }
        return new HistoryRow(
                EntityKey.format(key),
                (Long) record.get(OnlineKeys.AS_OF),
                (Long) record.get(OnlineKeys.AVAILABLE_AT),
                (Long) record.get(OnlineKeys.SEQ),
                (Integer) record.get(OnlineKeys.VERSION),
                RowOrigin.valueOf(record.get(OnlineKeys.ORIGIN).toString()),
                ingestedAt(record),
                ((List<?>) record.get(OnlineKeys.WARMING))
                        .stream().map(Object::toString).toList(),
                values);
    }

    private static long ingestedAt(GenericRecord record) {
        return record.get(HistorySchema.INGESTED_AT) instanceof Long millis ? millis : FeatureRow.NO_EVENT;
    }

    /** The bytes of a row, in Avro's single-object encoding. */
    public byte[] encode(Row row, RowOrigin origin) {
        return encoder.encode(row, origin);
    }

    /**
     * The row in these bytes. A column that the view did not have when the row was written is null and counts as warming:
     * nothing had been seen for it.
     *
     * @throws IllegalArgumentException if they are no row of this view
     */
    public HistoryRow decode(byte[] bytes) {
        try {
            return toRow(decoder.decode(bytes)).alsoWarming(written.missing(bytes));
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "Cannot read a row of the history of view '" + plan.view().name() + "': " + e.getMessage()
                            + ", expected schema " + schema.getFullName() + " of version "
                            + plan.view().version(),
                    e);
        }
    }

    private static Object toPlain(Object value, ValueType type) {
        return switch (type.kind()) {
            case STRING -> value.toString();
            case DECIMAL -> {
                ByteBuffer view = ((ByteBuffer) value).duplicate();
                byte[] bytes = new byte[view.remaining()];
                view.get(bytes);
                yield new BigDecimal(new BigInteger(bytes), type.scale());
            }
            case LONG, DOUBLE, BOOLEAN, TIMESTAMP -> value;
            case LIST -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (Object element : (List<?>) value) {
                    elements.add(element == null ? null : toPlain(element, type.element()));
                }
                yield Collections.unmodifiableList(elements);
            }
            case MAP -> {
                // Avro keeps no order of keys.
                SortedMap<String, Object> values = new TreeMap<>();
                ((Map<?, ?>) value)
                        .forEach((key, element) -> values.put(key.toString(), toPlain(element, type.element())));
                yield Collections.unmodifiableMap(values);
            }
        };
    }
}
