/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionLimits;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Resolves names and expressions against the schema of one topic of a view. */
final class TopicReader {

    static final String EVENT = "event.";

    /**
     * What was found of a name or an expression.
     *
     * @param value what it is; null where it cannot be resolved
     * @param problem why it cannot
     * @param offset where in the text, from 0
     */
    record Read<T>(@Nullable T value, String problem, int offset) {

        private static <T> Read<T> of(T value) {
            return new Read<>(value, "", 0);
        }

        private static <T> Read<T> failed(String problem, int offset) {
            return new Read<>(null, problem, offset);
        }
    }

    private final Parsed.Source parsed;
    private final Schema schema;
    private final List<Schema> writers;
    private final boolean isOnlyOne;
    private final ExpressionLimits limits;
    private final Problems problems;
    private final SchemaFields fields;
    private final Map<String, ValueType> eventVariables;

    private TopicReader(
            Parsed.Source parsed,
            Schema schema,
            List<Schema> writers,
            boolean isOnlyOne,
            ExpressionLimits limits,
            Problems problems) {
        this.parsed = parsed;
        this.schema = schema;
        this.writers = writers;
        this.isOnlyOne = isOnlyOne;
        this.limits = limits;
        this.problems = problems;
        this.fields = new SchemaFields(schema);
        this.eventVariables = fields.readable().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> EVENT + entry.getKey(),
                        entry -> entry.getValue().type()));
    }

    /**
     * For a topic; empty where a schema is not there or cannot be used, which is then a problem.
     *
     * @param isOnlyOne whether the view has no other, so that messages need not say which
     */
    static Optional<TopicReader> of(
            Parsed.Source source, Schemas schemas, boolean isOnlyOne, ExpressionLimits limits, Problems problems) {
        return schemas.find(source.schema(), problems)
                .flatMap(schema -> writers(source, schema, schemas, problems)
                        .map(writers -> new TopicReader(source, schema, writers, isOnlyOne, limits, problems)));
    }

    /** What the events of a topic may have been written with; empty where that is not there or cannot be read. */
    private static Optional<List<Schema>> writers(
            Parsed.Source source, Schema schema, Schemas schemas, Problems problems) {
        return switch (source.source().format()) {
            case SINGLE_OBJECT -> Optional.of(schemas.othersOf(schema));
            case AVRO ->
                source.writer().isEmpty()
                        ? Optional.of(List.of(schema))
                        : source.writer()
                                .flatMap(name -> writer(name, source, schema, schemas, problems))
                                .map(List::of);
            case CONFLUENT, JSON -> Optional.of(List.of());
        };
    }

    private static Optional<Schema> writer(
            Text name, Parsed.Source source, Schema schema, Schemas schemas, Problems problems) {
        Optional<Schema> writer = schemas.find(name, problems);
        Optional<String> difference =
                writer.flatMap(found -> SchemaDifferences.between(found, schema).ofAllEvents());
        difference.ifPresent(why -> problems.add(
                name,
                0,
                "Cannot read events of schema '" + name.text() + "' as '"
                        + source.schema().text() + "': " + why));
        return writer.filter(found -> difference.isEmpty());
    }

    /** What its events may have been written with, see {@link ViewPlan.SourcePlan#writers}. */
    List<Schema> writers() {
        return writers;
    }

    FeatureView.Source source() {
        return parsed.source();
    }

    Schema schema() {
        return schema;
    }

    /** Whether its events have a readable field of that path. */
    boolean has(String path) {
        return fields.readable().containsKey(path);
    }

    /** The field that carries the event time; what is wrong with it is a problem. */
    ViewPlan.Field eventTime() {
        return time(parsed.eventTime(), "the event time");
    }

    /** Checks the field that says when events of files were available, where one does. */
    void checkAvailability() {
        if (source().files().map(FeatureView.Files::available).orElse(null) instanceof FeatureView.Availability.At at) {
            time(at.field(), "when events were available");
        }
    }

    private ViewPlan.Field time(Text name, String what) {
        ViewPlan.Field otherwise = new ViewPlan.Field(List.of(name.text()), ValueType.TIMESTAMP);
        if (name.text().isEmpty()) {
            return otherwise;
        }
        Read<ViewPlan.Field> read = field(name.text());
        ViewPlan.Field field = read.value();
        if (field == null) {
            problems.add(name, read.offset(), read.problem());
            return otherwise;
        }
        if (field.type().kind() != ValueType.Kind.TIMESTAMP) {
            problems.add(
                    name,
                    0,
                    "Cannot take " + what + " from '" + name.text() + "' of type " + field.type()
                            + ": expected a long of logical type timestamp-millis or timestamp-micros");
        }
        return field;
    }

    Read<ViewPlan.Field> field(String name) {
        ViewPlan.Field field = fields.readable().get(name);
        if (field != null) {
            return Read.of(field);
        }
        return Read.failed(
                fields.unreadable(name)
                        .map(found -> "Cannot read field '" + name + "' of Avro type "
                                + found.getType().getName() + inTopic())
                        .orElseGet(() -> "Unknown field '" + name + "' of schema '" + source().schema() + "'"
                                + ofTopic()
                                + Spelling.suggestion(name, fields.readable().keySet())),
                0);
    }

    Read<Expression> expression(String text) {
        try {
            return Read.of(Expression.compile(text, eventVariables, limits));
        } catch (InvalidExpressionException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse("Cannot compile the expression");
            return Read.failed(reason + inTopic(), e.offset());
        }
    }

    private String ofTopic() {
        return isOnlyOne ? "" : " of topic '" + source().topic() + "'";
    }

    private String inTopic() {
        return isOnlyOne ? "" : " (schema '" + source().schema() + "'" + ofTopic() + ")";
    }
}
