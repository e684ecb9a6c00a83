/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.expression.ValueType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values as Feast stores them: the bytes of the protobuf message {@code feast.types.Value}, see
 * {@code protos/feast/types/Value.proto} of https://github.com/feast-dev/feast. Longs are INT64; doubles DOUBLE; timestamps
 * UNIX_TIMESTAMP, in whole seconds; decimals DOUBLE; lists the list of such, packed; maps MAP. Null is the empty message, and
 * so is a list with a null in it, which Feast has no form for; among doubles it is NaN.
 */
final class FeastValues {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int MILLIS = 1_000;

    private FeastValues() {}

    /** The bytes of the message. */
    static byte[] encode(@Nullable Object value, ValueType type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (value != null) {
            write(value, type, out);
        }
        return out.toByteArray();
    }

    private static void write(Object value, ValueType type, ByteArrayOutputStream out) {
        switch (type.kind()) {
            case STRING -> bytes(2, ((String) value).getBytes(UTF_8), out);
            case LONG -> {
                tag(4, VARINT, out);
                varint((Long) value, out);
            }
            case DOUBLE, DECIMAL -> {
                tag(5, FIXED_64, out);
                fixed(((Number) value).doubleValue(), out);
            }
            case BOOLEAN -> {
                tag(7, VARINT, out);
                varint((Boolean) value ? 1 : 0, out);
            }
            case TIMESTAMP -> {
                tag(8, VARINT, out);
                varint(Math.floorDiv((Long) value, MILLIS), out);
            }
            case LIST -> list((List<?>) value, type.element(), out);
            case MAP -> bytes(20, map((Map<?, ?>) value, type.element()), out);
        }
    }

    private static void list(List<?> list, ValueType element, ByteArrayOutputStream out) {
        boolean isOfDoubles = element.kind() == ValueType.Kind.DOUBLE || element.kind() == ValueType.Kind.DECIMAL;
        if (!isOfDoubles && list.stream().anyMatch(Objects::isNull)) {
            return;
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int field = switch (element.kind()) {
            case STRING -> {
                list.forEach(each -> bytes(1, ((String) each).getBytes(UTF_8), message));
                yield 12;
            }
            case LONG -> {
                packed(list, (each, packed) -> varint((Long) each, packed), message);
                yield 14;
            }
            case DOUBLE, DECIMAL -> {
                packed(list, (each, packed) -> fixed(orNan(each), packed), message);
                yield 15;
            }
            case BOOLEAN -> {
                packed(list, (each, packed) -> varint((Boolean) each ? 1 : 0, packed), message);
                yield 17;
            }
            case TIMESTAMP -> {
                packed(list, (each, packed) -> varint(Math.floorDiv((Long) each, MILLIS), packed), message);
                yield 18;
            }
            case LIST, MAP ->
                throw new IllegalArgumentException("Cannot write a list of " + element + " for Feast: it has none");
        };
        bytes(field, message.toByteArray(), out);
    }

    private static double orNan(@Nullable Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }

    /** Writes one element. */
    @FunctionalInterface
    private interface Element {
        void write(Object value, ByteArrayOutputStream out);
    }

    private static void packed(List<?> list, Element element, ByteArrayOutputStream out) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        list.forEach(each -> element.write(each, packed));
        if (!list.isEmpty()) {
            bytes(1, packed.toByteArray(), out);
        }
    }

    private static byte[] map(Map<?, ?> map, ValueType element) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        map.forEach((key, value) -> {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            bytes(1, ((String) key).getBytes(UTF_8), entry);
            bytes(2, encode(value, element), entry);
            bytes(1, entry.toByteArray(), message);
        });
        return message.toByteArray();
    }

    /** The message {@code google.protobuf.Timestamp}, of whole seconds as Feast writes it. */
    static byte[] timestamp(long millis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long seconds = Math.floorDiv(millis, MILLIS);
        if (seconds != 0) {
            tag(1, VARINT, out);
            varint(seconds, out);
        }
        return out.toByteArray();
    }

    private static void tag(int field, int wire, ByteArrayOutputStream out) {
        varint((long) field << 3 | wire, out);
    }

    private static void bytes(int field, byte[] bytes, ByteArrayOutputStream out) {
        tag(field, BYTES, out);
        varint(bytes.length, out);
        out.writeBytes(bytes);
    }

    private static void varint(long value, ByteArrayOutputStream out) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void fixed(double value, ByteArrayOutputStream out) {
        out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
    }
}
