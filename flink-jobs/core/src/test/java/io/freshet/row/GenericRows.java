/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.ViewPlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/** Rows as Avro's own writer writes them, field by field by name: slow, and what the encoder must agree with. */
final class GenericRows {

    private final ViewPlan plan;
    private final Schema schema;
    private final BinaryMessageEncoder<GenericRecord> encoder;

    GenericRows(ViewPlan plan) {
        this.plan = plan;
        schema = HistorySchema.of(plan);
        encoder = new BinaryMessageEncoder<>(new GenericData(), schema);
    }

    byte[] encode(FeatureRow row) throws IOException {
        ByteBuffer buffer = encoder.encode(record(row));
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private GenericRecord record(FeatureRow row) {
        GenericRecord record = new GenericData.Record(schema);
        List<Object> key = EntityKey.parse(row.entity(), plan.entity());
        for (int i = 0; i < key.size(); i++) {
            record.put(HistorySchema.entityField(plan, plan.entity().get(i)), toAvro(key.get(i)));
        }
        record.put("_as_of", row.asOfMillis());
        record.put("_available_at", row.availableAtMillis());
        record.put("_seq", row.seq());
        record.put("_version", plan.view().version());
        record.put(
                "_origin", new GenericData.EnumSymbol(schema.getField("_origin").schema(), "BACKFILL"));
        record.put("_ingested_at", row.ingestedAtMillis() == FeatureRow.NO_EVENT ? null : row.ingestedAtMillis());
        record.put("_warming", new Warming(plan.columns()).columns(row));
        for (int i = 0; i < plan.columns().size(); i++) {
            record.put(plan.columns().get(i).name(), toAvro(row.value(i)));
        }
        return record;
    }

    private static @Nullable Object toAvro(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return ByteBuffer.wrap(decimal.unscaledValue().toByteArray());
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(toAvro(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, element) -> values.put(key, toAvro(element)));
            return values;
        }
        return value;
    }
}
