/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Makes what turns the values of a Parquet column into cells. */
final class CellConverters {

    private static final long JULIAN_DAY_OF_1970 = 2_440_588;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private CellConverters() {}

    /**
     * A converter.
     *
     * @param field the column as it is in the file
     * @param type its cells, as {@link ParquetTypes} says
     * @param slot takes each value that is not null
     */
    static Converter of(Type field, CellType type, Slot slot) {
        return switch (type.kind()) {
            case LIST -> new ListConverter(field.asGroupType(), type, slot);
            case MAP -> new MapConverter(field.asGroupType(), type, slot);
            default -> scalar(field.asPrimitiveType(), type, slot);
        };
    }

    private static Converter scalar(PrimitiveType field, CellType type, Slot slot) {
        return switch (field.getPrimitiveTypeName()) {
            case BOOLEAN -> new ScalarConverter.OfBoolean(slot);
            case FLOAT -> new ScalarConverter.OfFloat(slot);
            case DOUBLE -> new ScalarConverter.OfDouble(slot);
            case INT32 -> new ScalarConverter.OfInt(slot, ints(type));
            case INT64 -> new ScalarConverter.OfLong(slot, longs(field, type));
            case INT96 -> new ScalarConverter.OfBinary(slot, CellConverters::nanos);
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                // A byte array can be changed by who gets it: no two cells share one.
                type.kind() == CellType.Kind.BYTES
                        ? new ScalarConverter.OfBytes(slot)
                        : new ScalarConverter.OfBinary(slot, binaries(field, type));
        };
    }

    private static IntFunction<Object> ints(CellType type) {
        return switch (type.kind()) {
            case DECIMAL -> value -> BigDecimal.valueOf(value, type.scale());
            case LONG -> Integer::toUnsignedLong;
            default -> Integer::valueOf;
        };
    }

    private static LongFunction<Object> longs(PrimitiveType field, CellType type) {
        if (type.kind() != CellType.Kind.DECIMAL) {
            return Long::valueOf;
        }
        return ParquetTypes.isUnsigned(field.getLogicalTypeAnnotation(), Long.SIZE)
                ? value -> new BigDecimal(Long.toUnsignedString(value))
                : value -> BigDecimal.valueOf(value, type.scale());
    }

    private static Function<Binary, Object> binaries(PrimitiveType field, CellType type) {
        if (type.kind() == CellType.Kind.DECIMAL) {
            return value -> new BigDecimal(new BigInteger(value.getBytes()), type.scale());
        }
        return field.getLogicalTypeAnnotation() instanceof UUIDLogicalTypeAnnotation
                ? CellConverters::uuid
                : Binary::toStringUsingUTF8;
    }

    private static Object uuid(Binary value) {
        ByteBuffer bytes = value.toByteBuffer();
        return new UUID(bytes.getLong(bytes.position()), bytes.getLong(bytes.position() + Long.BYTES)).toString();
    }

    /** Nanoseconds of the day, then the Julian day, little end first: timestamps before Parquet had a type for them. */
    private static Object nanos(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        long days = bytes.getInt(Long.BYTES) - JULIAN_DAY_OF_1970;
        return Math.addExact(Math.multiplyExact(days, NANOS_PER_DAY), bytes.getLong(0));
    }
}
