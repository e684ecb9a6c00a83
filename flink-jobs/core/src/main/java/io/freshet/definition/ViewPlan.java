/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Expression;
import io.freshet.expression.ValueType;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A definition resolved against the schema of its source: every name is a position, every type is known. Nothing
 * downstream checks again. Not serializable: ship the definition's text and plan again.
 *
 * @param view what the author wrote
 * @param schema the Avro schema of the source
 * @param eventTime the field that carries the event time
 * @param entity the fields of the entity key, in order
 * @param where the filter of the view
 * @param inputs the distinct inputs of all aggregates; {@link Column.Aggregate#input()} is a position here
 * @param filters the distinct filters of all features, at most 64; {@link Column.Aggregate#filter()} is a position here
 * @param columns the windowed columns in the order written, then the computed ones
 */
public record ViewPlan(
        FeatureView view,
        Schema schema,
        Field eventTime,
        List<Field> entity,
        Optional<Expression> where,
        List<Input> inputs,
        List<Expression> filters,
        List<Column> columns) {

    public ViewPlan {
        entity = List.copyOf(entity);
        inputs = List.copyOf(inputs);
        filters = List.copyOf(filters);
        columns = List.copyOf(columns);
    }

    /** The windowed columns; their positions in the row are their positions here. */
    public List<Column.Windowed> windowed() {
        return Column.windowed(columns);
    }

    /** What an aggregate reads of an event. */
    public sealed interface Input {
        /** Type of the values. */
        ValueType type();
    }

    /**
     * A field of the event, read without evaluating an expression.
     *
     * @param path names from the outermost record inwards
     * @param type type of its values, after widening
     */
    public record Field(List<String> path, ValueType type) implements Input {
        public Field {
            path = List.copyOf(path);
        }

        /** As written in a view: {@code geo.country}. */
        public String name() {
            return String.join(".", path);
        }
    }

    /**
     * A value computed from the event.
     *
     * @param expression the compiled expression
     */
    public record Formula(Expression expression) implements Input {
        @Override
        public ValueType type() {
            return expression.type();
        }
    }
}
