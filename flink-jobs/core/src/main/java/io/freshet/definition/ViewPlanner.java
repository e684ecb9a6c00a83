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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Resolves a view against the schemas of its topics. Reports all that is wrong with the file at once. */
public final class ViewPlanner {

    private static final Set<ValueType.Kind> KEY_KINDS =
            Set.of(ValueType.Kind.STRING, ValueType.Kind.LONG, ValueType.Kind.BOOLEAN, ValueType.Kind.TIMESTAMP);

    /** Parameter of functions that keep each distinct value. */
    private static final String MAX_DISTINCT = "max_distinct";

    private final Parsed parsed;
    private final Problems problems;
    private final List<TopicReader> readers;
    private final EventReads reads;
    private final Limits limits;

    private ViewPlanner(Parsed parsed, List<TopicReader> readers, Limits limits, Problems problems) {
        this.parsed = parsed;
        this.limits = limits;
        this.problems = problems;
        this.readers = readers;
        this.reads = new EventReads(readers, problems);
    }

    /** Reads and resolves a view within the default limits. */
    public static ViewPlan plan(String file, String yaml, Schemas schemas) throws DefinitionException {
        return plan(file, yaml, schemas, Limits.DEFAULT);
    }

    /**
     * Reads and resolves a view.
     *
     * @param file the file as its author knows it, for messages
     * @param yaml its text
     * @param schemas finds the schemas of its topics
     * @param limits what it may ask of a job
     * @throws DefinitionException with all that is wrong
     */
    public static ViewPlan plan(String file, String yaml, Schemas schemas, Limits limits) throws DefinitionException {
        Problems problems = new Problems(file, yaml);
        Optional<Parsed> parsed = FeatureViewParser.parse(yaml, problems);
        Optional<ViewPlan> plan = parsed.flatMap(view -> readers(view, schemas, limits, problems)
                .map(readers -> new ViewPlanner(view, readers, limits, problems).plan()));
        problems.check();
        return plan.orElseThrow(() -> new IllegalStateException("No plan and no problem: " + file));
    }

    /** A reader of each topic; empty where a schema is not there. */
    private static Optional<List<TopicReader>> readers(Parsed view, Schemas schemas, Limits limits, Problems problems) {
        boolean isOnlyOne = view.sources().size() == 1;
        List<TopicReader> readers = new ArrayList<>();
        for (Parsed.Source source : view.sources()) {
            TopicReader.of(source, schemas, isOnlyOne, limits.expressions(), problems)
                    .ifPresent(readers::add);
        }
        return readers.size() == view.sources().size() ? Optional.of(readers) : Optional.empty();
    }

    /** Name of the column of a feature over one of its windows. */
    static String columnName(FeatureView.Feature feature, Window window) {
        return feature.name() + "_" + window.label();
    }

    private ViewPlan plan() {
        FeatureView view = parsed.view();
        List<ViewPlan.Field> times =
                readers.stream().map(TopicReader::eventTime).toList();
        readers.forEach(TopicReader::checkAvailability);
        List<ViewPlan.Field> entity = new ArrayList<>();
        for (Text name : parsed.entity()) {
            reads.field(name).filter(field -> isKey(name, field)).ifPresent(entity::add);
        }
        Map<Integer, Expression> where = view.where().flatMap(reads::where).orElse(Map.of());
        List<Column> columns = new ArrayList<>();
        int before = problems.size();
        for (FeatureView.Feature feature : view.features()) {
            columns.addAll(windowed(feature));
        }
        if (parsed.whole() && problems.size() == before) {
            // Else a derived feature would be blamed for a column that another fault took away.
            columns.addAll(computed(columns));
        }
        OnDemandPlan onDemand = OnDemandPlan.NONE;
        if (parsed.whole() && problems.size() == before) {
            onDemand = new OnDemandPlanner(columns, limits.expressions(), problems).plan(view.onDemand());
        }
        checkTtl(columns);
        checkLayout(columns);
        List<ViewPlan.SourcePlan> sources = reads.all().stream()
                .map(topic -> new ViewPlan.SourcePlan(
                        readers.get(topic).source(),
                        readers.get(topic).schema(),
                        readers.get(topic).writers(),
                        times.get(topic),
                        entity,
                        Optional.ofNullable(where.get(topic)),
                        reads.inputs(topic),
                        reads.filters(topic)))
                .toList();
        return new ViewPlan(view, sources, columns, onDemand);
    }

    /** Positions of the topics that a feature reads; empty where it names one that the view has not. */
    private Optional<List<Integer>> topics(FeatureView.Feature feature) {
        List<String> known =
                readers.stream().map(reader -> reader.source().topic()).toList();
        List<Integer> topics = feature.from().stream()
                .map(topic -> known.indexOf(topic.text()))
                .filter(position -> position >= 0)
                .distinct()
                .sorted()
                .toList();
        List<Text> unknown = feature.from().stream()
                .filter(topic -> !known.contains(topic.text()))
                .toList();
        unknown.forEach(topic -> problems.add(
                topic,
                0,
                "Unknown topic '" + topic.text() + "' in 'from'" + Spelling.suggestion(topic.text(), known)
                        + " (known: " + String.join(", ", known) + ")"));
        if (!unknown.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(topics.isEmpty() ? reads.all() : topics);
    }

    private boolean isKey(Text name, ViewPlan.Field field) {
        boolean isBoolean = field.type().kind() == ValueType.Kind.BOOLEAN;
        if (isBoolean && parsed.view().online().layout() == Layout.FEAST) {
            problems.add(
                    name,
                    0,
                    "Cannot use '" + name.text()
                            + "' of type boolean in an entity key with 'layout: feast': Feast has no" + " such keys");
        }
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
        Optional<List<Integer>> topics = topics(feature);
        if (topics.isEmpty()) {
            return List.of();
        }
        Optional<List<Integer>> inputs = inputs(function, feature.call(), topics.get());
        Optional<Column.Selection> selection = selection(feature, topics.get());
        if (inputs.isEmpty() || selection.isEmpty()) {
            return List.of();
        }
        List<ValueType> types = inputs.get().stream().map(reads::inputType).toList();
        SortedMap<String, String> arguments = arguments(function, feature.call());
        if (!isWithinDistinct(feature, arguments)) {
            return List.of();
        }
        Column.Aggregate aggregate = new Column.Aggregate(
                function.label(),
                inputs.get(),
                types,
                arguments,
                selection.get(),
                feature.per().isPresent() ? reads.inputType(selection.get().category()) : ValueType.LONG);
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

    /** Whether a feature keeps no more distinct values than it may. */
    private boolean isWithinDistinct(FeatureView.Feature feature, SortedMap<String, String> arguments) {
        String most = arguments.getOrDefault(MAX_DISTINCT, "");
        if (!most.matches("[0-9]{1,18}") || Long.parseLong(most) <= limits.distinctValues()) {
            return true;
        }
        Text given = feature.call().arguments().get(MAX_DISTINCT);
        problems.add(
                given == null ? feature.input() : given,
                0,
                "Cannot keep " + most + " distinct values for feature '" + feature.name() + "'"
                        + (given == null ? ", the default of its function" : "") + ": expected " + MAX_DISTINCT + " of "
                        + limits.distinctValues() + " or less (limits.distinct_values)");
        return false;
    }

    /** Which events count; empty where that cannot be told. */
    private Optional<Column.Selection> selection(FeatureView.Feature feature, List<Integer> topics) {
        Optional<Integer> filter = filter(feature, topics);
        Optional<Integer> category = feature.per().isPresent()
                ? feature.per().flatMap(text -> category(text, topics))
                : Optional.of(Column.Selection.NONE);
        if (filter.isEmpty() || category.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Column.Selection(filter.get(), category.get(), feature.maxCategories(), feature.latest()));
    }

    private Optional<Integer> filter(FeatureView.Feature feature, List<Integer> topics) {
        if (feature.where().isPresent()) {
            return reads.filter(feature.where().get(), topics);
        }
        // Null inputs alone would not do: the events of other topics would still count among the latest events.
        return topics.size() < readers.size()
                ? reads.only(feature.from().get(0), topics)
                : Optional.of(Column.Selection.NONE);
    }

    private Optional<Integer> category(Text text, List<Integer> topics) {
        Optional<Integer> position = reads.input(text, topics);
        Optional<ValueType> type = position.map(reads::inputType).filter(found -> !KEY_KINDS.contains(found.kind()));
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
    private Optional<List<Integer>> inputs(
            FeatureFunction function, FeatureView.FunctionCall call, List<Integer> topics) {
        List<Integer> positions = new ArrayList<>();
        boolean whole = true;
        if (call.input().text().strip().equals("*")) {
            if (function.mainInput() != FeatureFunction.MainInput.VALUES_OR_EVENTS) {
                problems.add(call.input(), 0, "Cannot take the " + function.label() + " of '*': " + takersOfEvents());
                whole = false;
            }
        } else {
            Optional<Integer> position = reads.input(call.input(), topics);
            position.ifPresent(positions::add);
            whole = position.isPresent();
        }
        for (Parameter parameter : function.parameters()) {
            Text given = call.arguments().get(parameter.name());
            if (parameter.isInput() && given != null) {
                Optional<Integer> position = reads.input(given, topics);
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

    private Optional<Expression> expression(Text text, Map<String, ValueType> variables) {
        try {
            return Optional.of(Expression.compile(text.text(), variables, limits.expressions()));
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

    /** Feast has lists of single values and maps, and no lists of lists. */
    private void checkLayout(List<Column> columns) {
        if (parsed.view().online().layout() != Layout.FEAST) {
            return;
        }
        for (Column column : columns) {
            if (hasListOfMany(column.type())) {
                problems.add(
                        parsed.ttl(),
                        0,
                        "Cannot keep column '" + column.name() + "' with 'layout: feast': Feast has no "
                                + column.type());
            }
        }
    }

    private static boolean hasListOfMany(ValueType type) {
        if (type.isScalar()) {
            return false;
        }
        boolean isListOfMany =
                type.kind() == ValueType.Kind.LIST && !type.element().isScalar();
        return isListOfMany || hasListOfMany(type.element());
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
