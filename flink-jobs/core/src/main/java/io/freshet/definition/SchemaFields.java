/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The fields of an Avro record that a view can read, by dotted path, and why it cannot read the others. */
final class SchemaFields {

    private static final int DEEPEST = 8;

    private final Map<String, ViewPlan.Field> fields = new LinkedHashMap<>();
    private final Map<String, Schema> unusable = new LinkedHashMap<>();

    SchemaFields(Schema record) {
        collect(record, List.of());
    }

    private void collect(Schema record, List<String> path) {
        for (Schema.Field field : record.getFields()) {
            List<String> here =
                    Stream.concat(path.stream(), Stream.of(field.name())).toList();
            Schema schema = withoutNull(field.schema());
            Optional<ValueType> type = typeOf(schema);
            if (type.isPresent()) {
                fields.put(String.join(".", here), new ViewPlan.Field(here, type.get()));
            } else if (schema.getType() == Schema.Type.RECORD && here.size() < DEEPEST) {
                unusable.put(String.join(".", here), schema);
                collect(schema, here);
            } else {
                unusable.put(String.join(".", here), schema);
            }
        }
    }

    /** The fields that can be read. */
    Map<String, ViewPlan.Field> readable() {
        return fields;
    }

    /** The type of a field that is there but cannot be read, or empty. */
    Optional<Schema> unreadable(String name) {
        return Optional.ofNullable(unusable.get(name));
    }

    private static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(each -> each.getType() != Schema.Type.NULL)
                .toList();
        return others.size() == 1 ? others.get(0) : schema;
    }

    private static Optional<ValueType> typeOf(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        return switch (schema.getType()) {
            case INT -> Optional.of(ValueType.LONG);
            case LONG ->
                logical instanceof LogicalTypes.TimestampMillis || logical instanceof LogicalTypes.TimestampMicros
                        ? Optional.of(ValueType.TIMESTAMP)
                        : Optional.of(ValueType.LONG);
            case FLOAT, DOUBLE -> Optional.of(ValueType.DOUBLE);
            case BOOLEAN -> Optional.of(ValueType.BOOLEAN);
            case STRING, ENUM -> Optional.of(ValueType.STRING);
            case BYTES, FIXED ->
                logical instanceof LogicalTypes.Decimal decimal && decimal.getPrecision() <= ValueType.MAX_PRECISION
                        ? Optional.of(ValueType.decimal(decimal.getPrecision(), decimal.getScale()))
                        : Optional.empty();
            case ARRAY ->
                typeOf(withoutNull(schema.getElementType()))
                        .filter(ValueType::isScalar)
                        .map(ValueType::list);
            case RECORD, MAP, UNION, NULL -> Optional.empty();
        };
    }
}
