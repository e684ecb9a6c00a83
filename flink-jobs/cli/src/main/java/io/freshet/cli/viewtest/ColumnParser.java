/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.Problems;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.YamlMap;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import io.freshet.row.OnlineKeys;
import io.freshet.row.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What tests expect of columns, by their types. */
final class ColumnParser {

    private static final String VALUE = "value";
    private static final String WITHIN = "within";

    private final Map<String, ValueType> types = new LinkedHashMap<>();
    private final YamlMap file;
    private final long startMillis;
    private final Problems problems;

    /** A value that could be read; null is one. */
    private record Value(@Nullable Object of) {}

    /**
     * For columns of that view.
     *
     * @param file what it is read from
     */
    ColumnParser(ViewPlan plan, YamlMap file, long startMillis, Problems problems) {
        for (Column column : plan.columns()) {
            types.put(column.name(), column.type());
        }
        types.put(OnlineKeys.AS_OF, ValueType.TIMESTAMP);
        types.put(OnlineKeys.SEQ, ValueType.LONG);
        this.file = file;
        this.startMillis = startMillis;
        this.problems = problems;
    }

    /** What a mapping from columns to values expects. */
    List<Step.ExpectedColumn> columns(YamlMap map) {
        List<Step.ExpectedColumn> columns = new ArrayList<>();
        map.entries().forEach((name, node) -> {
            ValueType type = types.get(name);
            if (type == null) {
                problems.add(
                        map.keyNode(name),
                        "Unknown column '" + name + "' of the view" + Spelling.suggestion(name, types.keySet())
                                + " (known: " + String.join(", ", types.keySet()) + ")");
                return;
            }
            expected(type, node, name)
                    .ifPresent(value -> columns.add(new Step.ExpectedColumn(Yaml.place(node), name, value)));
        });
        return columns;
    }

    private Optional<Expected> expected(ValueType type, Node node, String column) {
        boolean mayHaveTolerance = type.kind() != ValueType.Kind.MAP;
        if (!mayHaveTolerance || !Yaml.isMapping(node)) {
            return parsed(type, node, column).map(value -> new Expected(type, value.of(), OptionalDouble.empty()));
        }
        Optional<YamlMap> map = YamlMap.of(node, "what is expected of '" + column + "'", problems);
        map.ifPresent(found -> found.allow(List.of(VALUE, WITHIN), "what is expected of '" + column + "'"));
        Optional<Node> value = map.flatMap(found -> found.value(VALUE));
        Optional<Text> within = map.flatMap(found -> found.required(WITHIN, "what is expected of '" + column + "'"));
        if (value.isEmpty()) {
            problems.add(node, "Missing key 'value' in what is expected of '" + column + "'");
            return Optional.empty();
        }
        Optional<Double> tolerance = within.flatMap(this::tolerance);
        return parsed(type, value.get(), column)
                .filter(found -> tolerance.isPresent())
                .map(found -> new Expected(type, found.of(), OptionalDouble.of(tolerance.orElseThrow())));
    }

    private Optional<Double> tolerance(Text text) {
        try {
            double number = Double.parseDouble(text.text());
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problems.add(text, 0, "Cannot use '" + text.text() + "' for 'within': expected a number from 0");
        return Optional.empty();
    }

    /** The value in a node; empty where it is none of that type, which is then a problem. */
    private Optional<Value> parsed(ValueType type, Node node, String column) {
        if (Yaml.isNull(node)) {
            return Optional.of(new Value(null));
        }
        return switch (type.kind()) {
            case LIST -> list(type, node, column);
            case MAP -> map(type, node, column);
            case LONG, DOUBLE, DECIMAL, BOOLEAN, STRING, TIMESTAMP ->
                single(type, node, column).map(Value::new);
        };
    }

    private Optional<Value> list(ValueType type, Node node, String column) {
        if (!(node instanceof SequenceNode items)) {
            problems.add(node, "Cannot read what is expected of '" + column + "': expected a list, as it is a " + type);
            return Optional.empty();
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Node item : items.getValue()) {
            Optional<Value> value = parsed(type.element(), item, column);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get().of());
        }
        return Optional.of(new Value(values));
    }

    private Optional<Value> map(ValueType type, Node node, String column) {
        Optional<YamlMap> entries = YamlMap.of(node, "what is expected of '" + column + "', a " + type, problems);
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> values = new TreeMap<>();
        for (Map.Entry<String, Node> entry : entries.get().entries().entrySet()) {
            Optional<Value> value = parsed(type.element(), entry.getValue(), column);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            Object found = value.get().of();
            if (found != null) {
                values.put(entry.getKey(), found);
            }
        }
        return Optional.of(new Value(values));
    }

    private Optional<Object> single(ValueType type, Node node, String column) {
        return file.scalar(node, "what is expected of '" + column + "', a " + type)
                .flatMap(text -> single(type, text, column));
    }

    private Optional<Object> single(ValueType type, Text text, String column) {
        if (type.kind() == ValueType.Kind.TIMESTAMP) {
            OptionalLong millis = Times.millis(text.text(), startMillis);
            if (millis.isPresent()) {
                return Optional.of(millis.getAsLong());
            }
        }
        try {
            return Optional.of(ValueText.parse(text.text(), type));
        } catch (IllegalArgumentException e) {
            String hint = type.kind() == ValueType.Kind.TIMESTAMP ? " (" + Times.EXPECTED + ")" : "";
            problems.add(text, 0, "Cannot expect '" + text.text() + "' of '" + column + "': it is a " + type + hint);
            return Optional.empty();
        }
    }
}
