/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.expression.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stored form of a single value of a known type. */
public final class ValueForm {

    private static final int CHUNK = 1 << 16;

    private ValueForm() {}

    /** Writes a value, which must be of that type. */
    public static void write(Object value, ValueType type, DataOutput out) throws IOException {
        switch (type.kind()) {
            case LONG, TIMESTAMP -> Varint.writeSigned((Long) value, out);
            case DOUBLE -> out.writeDouble((Double) value);
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case STRING -> writeText((String) value, out);
            case DECIMAL -> {
                BigDecimal decimal = (BigDecimal) value;
                Varint.writeSigned(decimal.scale(), out);
                writeBytes(decimal.unscaledValue().toByteArray(), out);
            }
            case LIST -> {
                List<?> list = (List<?>) value;
                Varint.write(list.size(), out);
                for (Object element : list) {
                    writeNullable(element, type.element(), out);
                }
            }
            case MAP -> {
                Map<?, ?> map = (Map<?, ?>) value;
                Varint.write(map.size(), out);
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    writeText((String) entry.getKey(), out);
                    write(entry.getValue(), type.element(), out);
                }
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Object read(ValueType type, DataInput in) throws IOException {
        return switch (type.kind()) {
            case LONG, TIMESTAMP -> Varint.readSigned(in);
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case STRING -> readText(in);
            case DECIMAL -> readDecimal(in);
            case LIST -> readList(type.element(), in);
            case MAP -> readMap(type.element(), in);
        };
    }

    private static List<@Nullable Object> readList(ValueType type, DataInput in) throws IOException {
        int size = Varint.readCount(in);
        List<@Nullable Object> list = new ArrayList<>(Math.min(size, CHUNK));
        for (int i = 0; i < size; i++) {
            list.add(readNullable(type, in));
        }
        return Collections.unmodifiableList(list);
    }

    private static Map<String, Object> readMap(ValueType type, DataInput in) throws IOException {
        int size = Varint.readCount(in);
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(readText(in), read(type, in));
        }
        return Collections.unmodifiableMap(map);
    }

    private static BigDecimal readDecimal(DataInput in) throws IOException {
        int scale = (int) Varint.readSigned(in);
        byte[] unscaled = readBytes(in);
        if (unscaled.length == 0) {
            throw new IOException("Cannot read a decimal: no digits, expected one or more");
        }
        return new BigDecimal(new BigInteger(unscaled), scale);
    }

    /** Writes a value that may be missing. */
    public static void writeNullable(@Nullable Object value, ValueType type, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            write(value, type, out);
        }
    }

    /** Reads what {@link #writeNullable} wrote. */
    public static @Nullable Object readNullable(ValueType type, DataInput in) throws IOException {
        return in.readBoolean() ? read(type, in) : null;
    }

    /** Writes a text as its length and UTF-8. */
    public static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    /** Reads what {@link #writeText} wrote. */
    public static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    /** Writes bytes after their number. */
    public static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        Varint.write(bytes.length, out);
        out.write(bytes);
    }

    /** Reads in chunks, so that a corrupt length ends with the input and not with the memory. */
    public static byte[] readBytes(DataInput in) throws IOException {
        int length = Varint.readCount(in);
        byte[] bytes = new byte[Math.min(length, CHUNK)];
        int done = 0;
        while (done < length) {
            if (done == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * done));
            }
            in.readFully(bytes, done, bytes.length - done);
            done = bytes.length;
        }
        return bytes;
    }
}
