/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Columns as a schema of Parquet, with the logical types that other programs read as what they are. */
final class ParquetSchemas {

    static final String LIST_GROUP = "list";
    static final String ELEMENT = "element";
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String MAP_GROUP = "key_value";

    private static final int DIGITS_OF_INT = 9;
    private static final int DIGITS_OF_LONG = 18;
    private static final double BITS_PER_DIGIT = Math.log(10) / Math.log(2);

    private ParquetSchemas() {}

    static MessageType of(TableSchema schema) {
        return new MessageType(
                "row",
                schema.columns().stream()
                        .map(column -> field(column.name(), column.type()))
                        .toList());
    }

    private static Type field(String name, CellType type) {
        return switch (type.kind()) {
            case BOOLEAN -> plain(name, PrimitiveTypeName.BOOLEAN);
            case INT -> plain(name, PrimitiveTypeName.INT32);
            case LONG -> plain(name, PrimitiveTypeName.INT64);
            case FLOAT -> plain(name, PrimitiveTypeName.FLOAT);
            case DOUBLE -> plain(name, PrimitiveTypeName.DOUBLE);
            case BYTES -> plain(name, PrimitiveTypeName.BINARY);
            case DECIMAL -> decimal(name, type);
            case STRING -> logical(name, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
            case DATE -> logical(name, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case TIMESTAMP_MILLIS -> time(name, true, TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> time(name, true, TimeUnit.MICROS);
            case TIMESTAMP_NANOS -> time(name, true, TimeUnit.NANOS);
            case LOCAL_MILLIS -> time(name, false, TimeUnit.MILLIS);
            case LOCAL_MICROS -> time(name, false, TimeUnit.MICROS);
            case LOCAL_NANOS -> time(name, false, TimeUnit.NANOS);
            case LIST ->
                Types.optionalGroup()
                        .as(LogicalTypeAnnotation.listType())
                        .addField(Types.repeatedGroup()
                                .addField(field(ELEMENT, type.element()))
                                .named(LIST_GROUP))
                        .named(name);
            case MAP ->
                Types.optionalGroup()
                        .as(LogicalTypeAnnotation.mapType())
                        .addField(Types.repeatedGroup()
                                .addField(Types.required(PrimitiveTypeName.BINARY)
                                        .as(LogicalTypeAnnotation.stringType())
                                        .named(KEY))
                                .addField(field(VALUE, type.element()))
                                .named(MAP_GROUP))
                        .named(name);
        };
    }

    private static Type plain(String name, PrimitiveTypeName type) {
        return Types.optional(type).named(name);
    }

    private static Type logical(String name, PrimitiveTypeName type, LogicalTypeAnnotation meaning) {
        return Types.optional(type).as(meaning).named(name);
    }

    private static Type time(String name, boolean isUtc, TimeUnit unit) {
        return logical(name, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(isUtc, unit));
    }

    private static Type decimal(String name, CellType type) {
        LogicalTypeAnnotation meaning = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
        return switch (storage(type)) {
            case INT32 -> logical(name, PrimitiveTypeName.INT32, meaning);
            case INT64 -> logical(name, PrimitiveTypeName.INT64, meaning);
            default ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(bytes(type))
                        .as(meaning)
                        .named(name);
        };
    }

    /** The smallest form that holds a decimal. */
    static PrimitiveTypeName storage(CellType decimal) {
        if (decimal.precision() <= DIGITS_OF_INT) {
            return PrimitiveTypeName.INT32;
        }
        return decimal.precision() <= DIGITS_OF_LONG ? PrimitiveTypeName.INT64 : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    /** How many bytes hold any number of so many digits, and its sign. */
    static int bytes(CellType decimal) {
        return (int) Math.ceil((decimal.precision() * BITS_PER_DIGIT + 1) / Byte.SIZE);
    }
}
