/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Durations;
import io.freshet.expression.Expression;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.Parameter;
import io.freshet.function.RefusedCallException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
        FeatureFunction function =
                Functions.all().find(feature.call().function()).orElseThrow();
        Optional<List<Integer>> inputs = inputs(function, feature.call());
        Optional<Column.Selection> selection = selection(feature);
        if (inputs.isEmpty() || selection.isEmpty()) {
            return List.of();
        }
        List<ValueType> types = inputs.get().stream()
                .map(position -> this.inputs.get(position).type())
                .toList();
        Column.Aggregate aggregate = new Column.Aggregate(
                function.label(),
                inputs.get(),
                types,
                arguments(function, feature.call()),
                selection.get(),
                feature.per().isPresent()
                        ? this.inputs.get(selection.get().category()).type()
                        : ValueType.LONG);
        List<Column.Windowed> columns = new ArrayList<>();
        for (Window window : feature.windows()) {
            type(feature, aggregate, window)
                    .ifPresent(type ->
                            columns.add(new Column.Windowed(columnName(feature, window), type, aggregate, window)));
        }
        return columns;
    }

    private Optional<ValueType> type(FeatureView.Feature feature, Column.Aggregate aggregate, Window window) {
        try {
            ValueType of = aggregate.bind(window).type();
            if (feature.per().isPresent() && !of.isScalar()) {
                problems.add(
                        feature.per().get(), 0, "Cannot tell a " + of + " apart by category: expected a single value");
                return Optional.empty();
            }
            return Optional.of(aggregate.typeOver(window, of));
        } catch (RefusedCallException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse("refused");
            Text at = feature.call().arguments().getOrDefault(e.parameter(), feature.input());
            String message = e.parameter().isEmpty()
                    ? "Cannot take the " + aggregate.function() + " of '"
                            + feature.input().text() + "' " + reason
                    : reason;
            problems.add(at, 0, message);
            return Optional.empty();
        }
    }

    private SortedMap<String, String> arguments(FeatureFunction function, FeatureView.FunctionCall call) {
        SortedMap<String, String> arguments = new TreeMap<>();
        for (Parameter parameter : function.parameters()) {
            if (!parameter.isInput()) {
                Text given = call.arguments().get(parameter.name());
                arguments.put(
                        parameter.name(), given == null ? parameter.otherwise().orElseThrow() : given.text());
            }
        }
        return arguments;
    }

    /** Which events count; empty where that cannot be told. */
    private Optional<Column.Selection> selection(FeatureView.Feature feature) {
        Optional<Integer> filter = feature.where().isPresent()
                ? feature.where().flatMap(this::filterPosition)
                : Optional.of(Column.Selection.NONE);
        Optional<Integer> category =
                feature.per().isPresent() ? feature.per().flatMap(this::category) : Optional.of(Column.Selection.NONE);
        if (filter.isEmpty() || category.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Column.Selection(filter.get(), category.get(), feature.maxCategories(), feature.latest()));
    }

    private Optional<Integer> category(Text text) {
        Optional<Integer> position = input(text);
        Optional<ValueType> type =
                position.map(found -> inputs.get(found).type()).filter(found -> !KEY_KINDS.contains(found.kind()));
        if (type.isPresent()) {
            problems.add(
                    text,
                    0,
                    "Cannot tell categories apart by a " + type.get()
                            + ": expected string, enum, int, long, boolean or timestamp");
            return Optional.empty();
        }
        return position;
    }

    /** Positions of the inputs of a call; none for whole events; empty where one cannot be read. */
    private Optional<List<Integer>> inputs(FeatureFunction function, FeatureView.FunctionCall call) {
        List<Integer> positions = new ArrayList<>();
        boolean whole = true;
        if (plain(call.input()).text().strip().equals("*")) {
            if (function.mainInput() != FeatureFunction.MainInput.VALUES_OR_EVENTS) {
                problems.add(call.input(), 0, "Cannot take the " + function.label() + " of '*': " + takersOfEvents());
                whole = false;
            }
        } else {
            Optional<Integer> position = input(call.input());
            position.ifPresent(positions::add);
            whole = position.isPresent();
        }
        for (Parameter parameter : function.parameters()) {
            Text given = call.arguments().get(parameter.name());
            if (parameter.isInput() && given != null) {
                Optional<Integer> position = input(given);
                position.ifPresent(positions::add);
                whole &= position.isPresent();
            }
        }
        return whole ? Optional.of(positions) : Optional.empty();
    }

    private static String takersOfEvents() {
        List<String> takers = Functions.all().functions().stream()
                .filter(each -> each.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS)
                .map(FeatureFunction::label)
                .toList();
        return "only " + String.join(", ", takers) + (takers.size() == 1 ? " takes" : " take") + " whole events";
    }

    private Optional<Integer> input(Text written) {
        Text text = plain(written);
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
                    .max(java.util.Comparator.comparingLong(Window::reachMillis));
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
                .mapToLong(Window::memoryMillis)
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
