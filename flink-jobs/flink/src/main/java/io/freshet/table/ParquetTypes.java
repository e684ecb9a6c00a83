/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Types of Parquet as types of cells; {@link ParquetSchemas} goes the other way. */
final class ParquetTypes {

    private static final int UNSIGNED_LONG_DIGITS = 20;

    private ParquetTypes() {}

    /** What the cells of a field hold; empty where no kind of cell holds such values. */
    static Optional<CellType> cells(Type field) {
        if (field.isRepetition(Type.Repetition.REPEATED)) {
            return Optional.empty();
        }
        return value(field);
    }

    /** The same, of a field that may be repeated: the elements of a list in the form of old writers. */
    private static Optional<CellType> value(Type field) {
        return field.isPrimitive() ? scalar(field.asPrimitiveType()) : group(field.asGroupType());
    }

    private static Optional<CellType> group(GroupType group) {
        LogicalTypeAnnotation meaning = group.getLogicalTypeAnnotation();
        if (meaning instanceof ListLogicalTypeAnnotation && isOneRepeatedField(group)) {
            return value(listElement(group)).map(CellType::list);
        }
        if (meaning instanceof MapLogicalTypeAnnotation && isOneRepeatedField(group)) {
            Type entry = group.getType(0);
            boolean isPair = !entry.isPrimitive() && entry.asGroupType().getFieldCount() == 2;
            return isPair && cells(entry.asGroupType().getType(0)).equals(Optional.of(CellType.STRING))
                    ? cells(entry.asGroupType().getType(1)).map(CellType::map)
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isOneRepeatedField(GroupType group) {
        return group.getFieldCount() == 1 && group.getType(0).isRepetition(Type.Repetition.REPEATED);
    }

    /** The field of a LIST that holds an element: within the repeated group, or in old files the repeated field itself. */
    static Type listElement(GroupType list) {
        Type repeated = list.getType(0);
        return isElement(repeated, list.getName())
                ? repeated
                : repeated.asGroupType().getType(0);
    }

    /** As the format's rules for lists of old writers say. */
    private static boolean isElement(Type repeated, String list) {
        return repeated.isPrimitive()
                || repeated.asGroupType().getFieldCount() != 1
                || repeated.getName().equals("array")
                || repeated.getName().equals(list + "_tuple");
    }

    private static Optional<CellType> scalar(PrimitiveType type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
            return Optional.of(CellType.decimal(decimal.getPrecision(), decimal.getScale()));
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> Optional.of(CellType.BOOLEAN);
            case FLOAT -> Optional.of(CellType.FLOAT);
            case DOUBLE -> Optional.of(CellType.DOUBLE);
            case INT96 -> Optional.of(CellType.plain(CellType.Kind.TIMESTAMP_NANOS));
            case INT32 -> int32(meaning);
            case INT64 -> int64(meaning);
            case BINARY -> isText(meaning) ? Optional.of(CellType.STRING) : bytes(meaning);
            case FIXED_LEN_BYTE_ARRAY ->
                meaning instanceof UUIDLogicalTypeAnnotation ? Optional.of(CellType.STRING) : bytes(meaning);
        };
    }

    private static Optional<CellType> int32(@Nullable LogicalTypeAnnotation meaning) {
        if (meaning == null) {
            return Optional.of(CellType.INT);
        }
        if (meaning instanceof IntLogicalTypeAnnotation) {
            return Optional.of(isUnsigned(meaning, Integer.SIZE) ? CellType.LONG : CellType.INT);
        }
        return meaning.equals(LogicalTypeAnnotation.dateType()) ? Optional.of(CellType.DATE) : Optional.empty();
    }

    private static Optional<CellType> int64(@Nullable LogicalTypeAnnotation meaning) {
        if (meaning instanceof TimestampLogicalTypeAnnotation time) {
            return Optional.of(CellType.plain(time(time)));
        }
        if (meaning == null || meaning instanceof IntLogicalTypeAnnotation) {
            return Optional.of(
                    isUnsigned(meaning, Long.SIZE) ? CellType.decimal(UNSIGNED_LONG_DIGITS, 0) : CellType.LONG);
        }
        return Optional.empty();
    }

    /** Whether numbers of so many bits use the bit of the sign. */
    static boolean isUnsigned(@Nullable LogicalTypeAnnotation meaning, int bits) {
        return meaning instanceof IntLogicalTypeAnnotation whole && !whole.isSigned() && whole.getBitWidth() == bits;
    }

    private static CellType.Kind time(TimestampLogicalTypeAnnotation time) {
        boolean isUtc = time.isAdjustedToUTC();
        TimeUnit unit = time.getUnit();
        return switch (unit) {
            case MILLIS -> isUtc ? CellType.Kind.TIMESTAMP_MILLIS : CellType.Kind.LOCAL_MILLIS;
            case MICROS -> isUtc ? CellType.Kind.TIMESTAMP_MICROS : CellType.Kind.LOCAL_MICROS;
            case NANOS -> isUtc ? CellType.Kind.TIMESTAMP_NANOS : CellType.Kind.LOCAL_NANOS;
        };
    }

    private static boolean isText(@Nullable LogicalTypeAnnotation meaning) {
        return meaning instanceof StringLogicalTypeAnnotation
                || meaning instanceof EnumLogicalTypeAnnotation
                || meaning instanceof JsonLogicalTypeAnnotation;
    }

    private static Optional<CellType> bytes(@Nullable LogicalTypeAnnotation meaning) {
        return meaning == null ? Optional.of(CellType.BYTES) : Optional.empty();
    }

    /** Names of the fields of a schema, in order. */
    static List<String> names(GroupType schema) {
        return schema.getFields().stream().map(Type::getName).toList();
    }
}
