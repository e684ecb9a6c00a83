/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

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
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/** Values in Avro's binary encoding, of the types that {@link HistorySchema} gives them: without records. */
final class AvroValues {

    private static final int NULL_BRANCH = 0;
    private static final int VALUE_BRANCH = 1;

    /** Writes a value that is not null. */
    @FunctionalInterface
    interface Writer {
        void write(Object value, Encoder out) throws IOException;
    }

    /** Reads a value that is not null. */
    @FunctionalInterface
    interface Reader {
        Object read(Decoder in) throws IOException;
    }

    private AvroValues() {}

    static Writer writer(ValueType type) {
        return switch (type.kind()) {
            case LONG, TIMESTAMP -> (value, out) -> out.writeLong((Long) value);
            case DOUBLE -> (value, out) -> out.writeDouble((Double) value);
            case DECIMAL ->
                (value, out) ->
                        out.writeBytes(((BigDecimal) value).unscaledValue().toByteArray());
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case STRING -> AvroValues::writeText;
            case LIST -> listWriter(writer(type.element()));
            case MAP -> mapWriter(writer(type.element()));
        };
    }

    private static Writer listWriter(Writer element) {
        return (value, out) -> {
            List<?> list = (List<?>) value;
            out.writeArrayStart();
            out.setItemCount(list.size());
            for (Object item : list) {
                out.startItem();
                writeNullable(item, element, out);
            }
            out.writeArrayEnd();
        };
    }

    private static Writer mapWriter(Writer element) {
        return (value, out) -> {
            Map<?, ?> map = (Map<?, ?>) value;
            out.writeMapStart();
            out.setItemCount(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.startItem();
                writeText(entry.getKey(), out);
                element.write(entry.getValue(), out);
            }
            out.writeMapEnd();
        };
    }

    static void writeNullable(@Nullable Object value, Writer writer, Encoder out) throws IOException {
        if (value == null) {
            out.writeIndex(NULL_BRANCH);
        } else {
            out.writeIndex(VALUE_BRANCH);
            writer.write(value, out);
        }
    }

    static void writeText(Object value, Encoder out) throws IOException {
        out.writeString((String) value);
    }

    /** An array of texts. */
    static void writeTexts(List<String> texts, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(texts.size());
        for (String text : texts) {
            out.startItem();
            out.writeString(text);
        }
        out.writeArrayEnd();
    }

    /** Of a type that {@link HistorySchema} gives to values that are not null. */
    static Reader reader(Schema schema) {
        return switch (schema.getType()) {
            case LONG -> Decoder::readLong;
            case DOUBLE -> Decoder::readDouble;
            case BOOLEAN -> Decoder::readBoolean;
            case STRING -> Decoder::readString;
            case BYTES -> {
                int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
                yield in -> new BigDecimal(new BigInteger(bytes(in.readBytes(null))), scale);
            }
            case ARRAY -> listReader(reader(schema.getElementType().getTypes().get(VALUE_BRANCH)));
            case MAP -> mapReader(reader(schema.getValueType()));
            default -> throw new IllegalArgumentException("Cannot read values of " + schema + ": no column has it");
        };
    }

    /** Of the type of a column's field: a union with null. */
    static Reader nullableReader(Schema schema) {
        return reader(schema.getTypes().get(VALUE_BRANCH));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Reader listReader(Reader element) {
        return in -> {
            List<@Nullable Object> list = new ArrayList<>();
            for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
                for (long i = 0; i < block; i++) {
                    list.add(readNullable(element, in));
                }
            }
            return Collections.unmodifiableList(list);
        };
    }

    private static Reader mapReader(Reader element) {
        return in -> {
            SortedMap<String, Object> map = new TreeMap<>();
            for (long block = in.readMapStart(); block != 0; block = in.mapNext()) {
                for (long i = 0; i < block; i++) {
                    String key = in.readString();
                    map.put(key, element.read(in));
                }
            }
            return Collections.unmodifiableMap(map);
        };
    }

    static @Nullable Object readNullable(Reader reader, Decoder in) throws IOException {
        return in.readIndex() == NULL_BRANCH ? null : reader.read(in);
    }

    /** What {@link #writeTexts} wrote. */
    static List<String> readTexts(Decoder in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (long block = in.readArrayStart(); block != 0; block = in.arrayNext()) {
            for (long i = 0; i < block; i++) {
                texts.add(in.readString());
            }
        }
        return texts;
    }
}
