/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Expression;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Resolves a view against the schema of its source. Reports all that is wrong with the file at once. */
public final class ViewPlanner {

    /** Filters are bits of one long in each event. */
    private static final int MAX_FILTERS = 64;

    private static final String EVENT = "event.";
    private static final Set<ValueType.Kind> KEY_KINDS =
            Set.of(ValueType.Kind.STRING, ValueType.Kind.LONG, ValueType.Kind.BOOLEAN, ValueType.Kind.TIMESTAMP);

    private final Parsed parsed;
    private final Problems problems;
    private final SchemaFields fields;
    private final Map<String, ValueType> eventVariables;
    private final Map<String, Integer> inputPositions = new LinkedHashMap<>();
    private final List<ViewPlan.Input> inputs = new ArrayList<>();
    private final Map<String, Integer> filterPositions = new LinkedHashMap<>();
    private final List<Expression> filters = new ArrayList<>();

    private ViewPlanner(Parsed parsed, Schema schema, Problems problems) {
        this.parsed = parsed;
        this.problems = problems;
        this.fields = new SchemaFields(schema);
        this.eventVariables = fields.readable().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> EVENT + entry.getKey(),
                        entry -> entry.getValue().type()));
    }

    /**
     * Reads and resolves a view.
     *
     * @param file the file as its author knows it, for messages
     * @param yaml its text
     * @param schemas finds the source's schema
     * @throws DefinitionException with all that is wrong
     */
    public static ViewPlan plan(String file, String yaml, Schemas schemas) throws DefinitionException {
        Problems problems = new Problems(file, yaml);
        Optional<Parsed> parsed = FeatureViewParser.parse(yaml, problems);
        Optional<Schema> schema = parsed.flatMap(view -> schemas.find(view.schema(), problems));
        Optional<ViewPlan> plan =
                schema.flatMap(found -> parsed.map(view -> new ViewPlanner(view, found, problems).plan(found)));
        problems.check();
        return plan.orElseThrow(() -> new IllegalStateException("No plan and no problem: " + file));
    }

    /** Name of the column of a feature over one of its windows. */
    static String columnName(FeatureView.Feature feature, Window window) {
        return feature.name() + "_" + window.label();
    }

    private ViewPlan plan(Schema schema) {
        FeatureView view = parsed.view();
        ViewPlan.Field time = eventTime();
        List<ViewPlan.Field> entity = new ArrayList<>();
        for (Text name : parsed.entity()) {
            field(name).filter(field -> isKey(name, field)).ifPresent(entity::add);
        }
        Optional<Expression> where = view.where().flatMap(this::filter);
        List<Column> columns = new ArrayList<>();
        int before = problems.size();
        for (FeatureView.Feature feature : view.features()) {
            columns.addAll(windowed(feature));
        }
        if (parsed.whole() && problems.size() == before) {
            // Else a derived feature would be blamed for a column that another fault took away.
            columns.addAll(computed(columns));
        }
        checkTtl(columns);
        return new ViewPlan(view, schema, time, entity, where, inputs, filters, columns);
    }

    private ViewPlan.Field eventTime() {
        Text name = parsed.eventTime();
        Optional<ViewPlan.Field> field = name.text().isEmpty() ? Optional.empty() : field(name);
        if (field.isPresent() && field.get().type().kind() != ValueType.Kind.TIMESTAMP) {
            problems.add(
                    name,
                    0,
                    "Cannot take the event time from '" + name.text() + "' of type "
                            + field.get().type()
                            + ": expected a long of logical type timestamp-millis or timestamp-micros");
        }
        return field.orElse(new ViewPlan.Field(List.of(name.text()), ValueType.TIMESTAMP));
    }

    private Optional<ViewPlan.Field> field(Text name) {
        ViewPlan.Field field = fields.readable().get(name.text());
        if (field == null) {
            String reason = fields.unreadable(name.text())
                    .map(schema -> "Cannot read field '" + name.text() + "' of Avro type "
                            + schema.getType().getName())
                    .orElseGet(() -> "Unknown field '" + name.text() + "' of schema '"
                            + parsed.view().source().schema() + "'"
                            + Spelling.suggestion(name.text(), fields.readable().keySet()));
            problems.add(name, 0, reason);
        }
        return Optional.ofNullable(field);
    }

    private boolean isKey(Text name, ViewPlan.Field field) {
        boolean key = KEY_KINDS.contains(field.type().kind());
        if (!key) {
            problems.add(
                    name,
                    0,
                    "Cannot use '" + name.text() + "' of type " + field.type()
                            + " in an entity key: expected string, enum, int, long, boolean or timestamp");
        }
        return key;
    }

    private List<Column.Windowed> windowed(FeatureView.Feature feature) {
        Optional<Integer> input = input(feature);
        Optional<Integer> filter = Optional.of(Column.Aggregate.NO_FILTER);
        if (feature.where().isPresent()) {
            filter = feature.where().flatMap(this::filterPosition);
        }
        if (input.isEmpty() || filter.isEmpty()) {
            return List.of();
        }
        ValueType inputType = input.get() == Column.Aggregate.ALL_EVENTS
                ? ValueType.LONG
                : inputs.get(input.get()).type();
        Optional<ValueType> type = feature.function().resultType(inputType);
        if (type.isEmpty()) {
            problems.add(
                    feature.input(),
                    0,
                    "Cannot take the " + feature.function().label() + " of '"
                            + feature.input().text() + "' of type " + inputType + ": expected a number");
            return List.of();
        }
        Column.Aggregate aggregate = new Column.Aggregate(feature.function(), input.get(), inputType, filter.get());
        return feature.windows().stream()
                .map(window -> new Column.Windowed(columnName(feature, window), type.get(), aggregate, window))
                .toList();
    }

    private Optional<Integer> input(FeatureView.Feature feature) {
        Text text = plain(feature.input());
        if (text.text().strip().equals("*")) {
            if (feature.function().takesEvents()) {
                return Optional.of(Column.Aggregate.ALL_EVENTS);
            }
            problems.add(
                    text,
                    0,
                    "Cannot take the " + feature.function().label() + " of '*': only count takes whole events");
            return Optional.empty();
        }
        Integer known = inputPositions.get(text.text());
        if (known != null) {
            return Optional.of(known);
        }
        Optional<? extends ViewPlan.Input> input =
                isPath(text) ? field(text) : expression(text, eventVariables).map(ViewPlan.Formula::new);
        return input.map(found -> {
            inputs.add(found);
            inputPositions.put(text.text(), inputs.size() - 1);
            return inputs.size() - 1;
        });
    }

    /** A field of the event in the words of an expression, {@code event.added}, as the field that it is. */
    private Text plain(Text text) {
        String written = text.text().strip();
        boolean field = written.startsWith(EVENT) && fields.readable().containsKey(written.substring(EVENT.length()));
        return field ? new Text(written.substring(EVENT.length()), text.line(), text.column()) : text;
    }

    private static boolean isPath(Text text) {
        return text.text().matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*")
                && !text.text().startsWith(EVENT);
    }

    private Optional<Integer> filterPosition(Text text) {
        Integer known = filterPositions.get(text.text());
        if (known != null) {
            return Optional.of(known);
        }
        if (filters.size() == MAX_FILTERS) {
            problems.add(text, 0, "Too many filters: a view may have " + MAX_FILTERS + " different ones");
            return Optional.empty();
        }
        return filter(text).map(found -> {
            filters.add(found);
            filterPositions.put(text.text(), filters.size() - 1);
            return filters.size() - 1;
        });
    }

    private Optional<Expression> filter(Text text) {
        Optional<Expression> found = expression(text, eventVariables);
        if (found.isPresent() && found.get().type().kind() != ValueType.Kind.BOOLEAN) {
            problems.add(text, 0, "Cannot filter by a " + found.get().type() + ": expected a boolean expression");
            return Optional.empty();
        }
        return found;
    }

    private Optional<Expression> expression(Text text, Map<String, ValueType> variables) {
        try {
            return Optional.of(Expression.compile(text.text(), variables));
        } catch (InvalidExpressionException e) {
            problems.add(text, e.offset(), Optional.ofNullable(e.getMessage()).orElse("Cannot compile the expression"));
            return Optional.empty();
        }
    }

    private List<Column.Computed> computed(List<Column> windowed) {
        Map<String, ValueType> variables =
                windowed.stream().collect(Collectors.toMap(Column::name, Column::type, (first, second) -> first));
        List<Column.Computed> columns = new ArrayList<>();
        for (FeatureView.Derived derived : parsed.view().derived()) {
            Optional<Expression> expression = expression(derived.expression(), variables);
            if (expression.isEmpty()) {
                continue;
            }
            Optional<Window> longest = windowed.stream()
                    .filter(column -> expression.get().variables().contains(column.name()))
                    .map(Column::window)
                    .max(java.util.Comparator.comparingLong(Window::lengthMillis));
            if (longest.isEmpty()) {
                problems.add(
                        derived.expression(),
                        0,
                        "Derived feature '" + derived.name() + "' reads no feature of the view");
                continue;
            }
            columns.add(new Column.Computed(derived.name(), expression.get().type(), expression.get(), longest.get()));
        }
        return columns;
    }

    private void checkTtl(List<Column> columns) {
        long needed = columns.stream()
                .map(Column::window)
                .mapToLong(window -> window.isLifetime() ? Long.MAX_VALUE : window.lengthMillis() + window.hopMillis())
                .max()
                .orElse(0);
        parsed.view().online().ttl().ifPresent(ttl -> {
            if (ttl.toMillis() < needed) {
                String expected = needed == Long.MAX_VALUE
                        ? "forever, as the view has a lifetime window"
                        : Durations.format(needed) + " or more, the longest window and its hop";
                problems.add(
                        parsed.ttl(),
                        0,
                        "Cannot keep online rows for " + Durations.format(ttl.toMillis())
                                + ": a quiet entity would vanish while it still has values; expected " + expected);
            }
        });
    }
}
