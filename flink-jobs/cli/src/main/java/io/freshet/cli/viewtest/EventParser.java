/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.Problems;
import io.freshet.definition.YamlMap;
import io.freshet.event.BadEventException;
import io.freshet.event.RecordReader;
import io.freshet.expression.Spelling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Events of a test, by their schema: read as {@link RecordReader} reads a line of JSON, and times may be relative to the
 * start of the test. A field that the schema does not know is a slip here.
 */
final class EventParser {

    private final Schema schema;
    private final long startMillis;
    private final Problems problems;

    EventParser(Schema schema, long startMillis, Problems problems) {
        this.schema = schema;
        this.startMillis = startMillis;
        this.problems = problems;
    }

    /** The event that a node describes; empty where it is none, which is then a problem. */
    Optional<GenericRecord> event(Node node) {
        Optional<YamlMap> map = YamlMap.of(node, "an event", problems);
        if (map.isEmpty()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> values = record(schema, map.get());
        try {
            return Optional.of(new RecordReader(schema).read(values));
        } catch (BadEventException e) {
            problems.add(node, e.getMessage() + " (schema " + schema.getName() + ")");
            return Optional.empty();
        }
    }

    private Map<String, @Nullable Object> record(Schema record, YamlMap map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.entries().forEach((name, value) -> {
            Optional<Schema.Field> field = field(record, name);
            if (field.isPresent()) {
                values.put(name, value(plain(field.get().schema()), value));
            } else {
                List<String> known =
                        record.getFields().stream().map(Schema.Field::name).toList();
                problems.add(
                        map.keyNode(name),
                        "Unknown field '" + name + "' of schema '" + record.getName() + "'"
                                + Spelling.suggestion(name, known) + " (known: " + String.join(", ", known) + ")");
            }
        });
        return values;
    }

    private static Optional<Schema.Field> field(Schema record, String name) {
        return record.getFields().stream()
                .filter(field -> field.name().equals(name) || field.aliases().contains(name))
                .findFirst();
    }

    private @Nullable Object value(Schema of, Node node) {
        if (node instanceof ScalarNode scalar) {
            return Yaml.isNull(scalar) ? null : text(of, scalar.getValue());
        }
        if (node instanceof SequenceNode list) {
            Schema element = of.getType() == Schema.Type.ARRAY ? plain(of.getElementType()) : of;
            List<@Nullable Object> values = new ArrayList<>();
            list.getValue().forEach(each -> values.add(value(element, each)));
            return values;
        }
        Optional<YamlMap> map = YamlMap.of(node, "a field of an event", problems);
        if (map.isEmpty()) {
            return null;
        }
        if (of.getType() == Schema.Type.RECORD) {
            return record(of, map.get());
        }
        Schema element = of.getType() == Schema.Type.MAP ? plain(of.getValueType()) : of;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.get().entries().forEach((key, each) -> values.put(key, value(element, each)));
        return values;
    }

    private String text(Schema of, String text) {
        LogicalType logical = of.getLogicalType();
        if (logical == null || !logical.getName().contains("timestamp") || !Times.isRelative(text)) {
            return text;
        }
        OptionalLong millis = Times.millis(text, startMillis);
        return millis.isPresent() ? Instant.ofEpochMilli(millis.getAsLong()).toString() : text;
    }

    /** What may be null without it. */
    private static Schema plain(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema);
    }
}
