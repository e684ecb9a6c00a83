/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Records to JSON objects in the form that {@link RecordReader#ofJson} reads. */
final class JsonEncoder implements EventEncoder {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public byte[] encode(GenericRecord event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(event.getSchema(), event, json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot encode an event in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Schema schema, @Nullable Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (schema.isUnion()) {
            write(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value, json);
        } else {
            switch (schema.getType()) {
                case RECORD -> writeFields((IndexedRecord) value, json);
                case ARRAY -> {
                    json.writeStartArray();
                    for (Object element : (Collection<?>) value) {
                        write(schema.getElementType(), element, json);
                    }
                    json.writeEndArray();
                }
                case MAP -> {
                    json.writeStartObject();
                    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                        json.writeFieldName(entry.getKey().toString());
                        write(schema.getValueType(), entry.getValue(), json);
                    }
                    json.writeEndObject();
                }
                default -> writePlain(schema, value, json);
            }
        }
    }

    private static void writeFields(IndexedRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            json.writeFieldName(field.name());
            write(field.schema(), record.get(field.pos()), json);
        }
        json.writeEndObject();
    }

    private static void writePlain(Schema schema, Object value, JsonGenerator json) throws IOException {
        LogicalType logical = schema.getLogicalType();
        switch (schema.getType()) {
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT -> {
                if (logical instanceof LogicalTypes.Date) {
                    json.writeString(LocalDate.ofEpochDay((Integer) value).toString());
                } else {
                    json.writeNumber((Integer) value);
                }
            }
            case LONG -> writeLong(logical, (Long) value, json);
            case FLOAT -> json.writeNumber((Float) value);
            case DOUBLE -> json.writeNumber((Double) value);
            case BYTES, FIXED -> {
                byte[] bytes = FieldReader.bytes(value);
                if (logical instanceof LogicalTypes.Decimal decimal) {
                    json.writeNumber(new BigDecimal(new BigInteger(bytes), decimal.getScale()));
                } else {
                    json.writeString(new String(bytes, StandardCharsets.UTF_8));
                }
            }
            default -> json.writeString(value.toString());
        }
    }

    /** Milliseconds as a number; finer moments as text, which says its unit. */
    private static void writeLong(@Nullable LogicalType logical, long value, JsonGenerator json) throws IOException {
        ChronoUnit unit = PlainValues.unit(logical);
        if (unit == null || unit == ChronoUnit.MILLIS) {
            json.writeNumber(value);
        } else {
            json.writeString(Instant.EPOCH.plus(value, unit).toString());
        }
    }
}
