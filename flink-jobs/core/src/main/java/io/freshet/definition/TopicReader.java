/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.definition.FeatureView.Text;
import io.freshet.expression.Expression;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.Spelling;
import io.freshet.expression.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Resolves names and expressions against the schema of one topic of a view. What it cannot resolve is a problem. */
final class TopicReader {

    static final String EVENT = "event.";

    private final Parsed.Source parsed;
    private final Schema schema;
    private final boolean isOnlyOne;
    private final Problems problems;
    private final SchemaFields fields;
    private final Map<String, ValueType> eventVariables;

    /**
     * For a topic.
     *
     * @param isOnlyOne whether the view has no other, so that messages need not say which
     */
    TopicReader(Parsed.Source parsed, Schema schema, boolean isOnlyOne, Problems problems) {
        this.parsed = parsed;
        this.schema = schema;
        this.isOnlyOne = isOnlyOne;
        this.problems = problems;
        this.fields = new SchemaFields(schema);
        this.eventVariables = fields.readable().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> EVENT + entry.getKey(),
                        entry -> entry.getValue().type()));
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

    /** The field that carries the event time. */
    ViewPlan.Field eventTime() {
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

    Optional<ViewPlan.Field> field(Text name) {
        ViewPlan.Field field = fields.readable().get(name.text());
        if (field == null) {
            String reason = fields.unreadable(name.text())
                    .map(found -> "Cannot read field '" + name.text() + "' of Avro type "
                            + found.getType().getName() + inTopic())
                    .orElseGet(() -> "Unknown field '" + name.text() + "' of schema '"
                            + source().schema() + "'" + ofTopic()
                            + Spelling.suggestion(name.text(), fields.readable().keySet()));
            problems.add(name, 0, reason);
        }
        return Optional.ofNullable(field);
    }

    Optional<Expression> expression(Text text) {
        try {
            return Optional.of(Expression.compile(text.text(), eventVariables));
        } catch (InvalidExpressionException e) {
            String reason = Optional.ofNullable(e.getMessage()).orElse("Cannot compile the expression");
            problems.add(text, e.offset(), reason + inTopic());
            return Optional.empty();
        }
    }

    private String ofTopic() {
        return isOnlyOne ? "" : " of topic '" + source().topic() + "'";
    }

    private String inTopic() {
        return isOnlyOne ? "" : " (schema '" + source().schema() + "'" + ofTopic() + ")";
    }
}
