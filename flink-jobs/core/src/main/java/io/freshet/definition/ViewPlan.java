/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Expression;
import io.freshet.expression.ValueType;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A definition resolved against the schemas of its topics: every name is a position, every type is known. Nothing
 * downstream checks again. Not serializable: ship the definition's text and plan again.
 *
 * <p>Behind the selection of events topics do not differ: the inputs and filters of each are lists of equal length and
 * stand at equal positions.
 *
 * @param view what the author wrote
 * @param sources what is read of each topic, in the order of {@link FeatureView#sources}
 * @param columns the windowed columns in the order written, then the computed ones: what a row holds
 * @param onDemand what is computed when a row is read
 */
public record ViewPlan(FeatureView view, List<SourcePlan> sources, List<Column> columns, OnDemandPlan onDemand) {

    public ViewPlan {
        sources = List.copyOf(sources);
        columns = List.copyOf(columns);
    }

    /** A plan of which nothing is computed when it is read. */
    public ViewPlan(FeatureView view, List<SourcePlan> sources, List<Column> columns) {
        this(view, sources, columns, OnDemandPlan.NONE);
    }

    /**
     * What one view reads of the events of one topic.
     *
     * @param source the topic
     * @param schema the Avro schema that its events are read as
     * @param writers the schemas its events may have been written with, as far as the view's author knows: of format
     *     {@link EventFormat#AVRO} the one there is; of {@link EventFormat#SINGLE_OBJECT} those beside {@code schema}
     * @param eventTime the field that carries the event time
     * @param entity the fields of the entity key, in order; equal for all topics of a view
     * @param where the filter of the view
     * @param inputs the distinct inputs of all aggregates; {@link Column.Aggregate#inputs()} are positions here
     * @param filters the distinct filters of all features, at most 64; {@link Column.Selection#filter()} is a position
     *     here
     */
    public record SourcePlan(
            FeatureView.Source source,
            Schema schema,
            List<Schema> writers,
            Field eventTime,
            List<Field> entity,
            Optional<Expression> where,
            List<Input> inputs,
            List<Filter> filters) {

        public SourcePlan {
            writers = List.copyOf(writers);
            entity = List.copyOf(entity);
            inputs = List.copyOf(inputs);
            filters = List.copyOf(filters);
        }

        /** Of events that are all written with the schema they are read as. */
        public SourcePlan(
                FeatureView.Source source,
                Schema schema,
                Field eventTime,
                List<Field> entity,
                Optional<Expression> where,
                List<Input> inputs,
                List<Filter> filters) {
            this(
                    source,
                    schema,
                    source.format() == EventFormat.AVRO ? List.of(schema) : List.of(),
                    eventTime,
                    entity,
                    where,
                    inputs,
                    filters);
        }
    }

    /** The fields of the entity key, in order. */
    public List<Field> entity() {
        return sources.get(0).entity();
    }

    /** Types of the inputs, by position. */
    public List<ValueType> inputTypes() {
        return sources.get(0).inputs().stream().map(Input::type).toList();
    }

    /** The same plan with events applied in order of event time, whatever order they arrive in. */
    public ViewPlan inOrder() {
        return new ViewPlan(view.inOrder(), sources, columns, onDemand);
    }

    /** The windowed columns; their positions in the row are their positions here. */
    public List<Column.Windowed> windowed() {
        return Column.windowed(columns);
    }

    /** What an aggregate reads of an event. */
    public sealed interface Input {
        /** Type of the values; that of the inputs at the same position of all topics. */
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

    /**
     * What is read of other topics alone: null in each event of this one.
     *
     * @param type type of the values in the topics that have them
     */
    public record Absent(ValueType type) implements Input {}

    /** Which events of a topic a feature counts. */
    public sealed interface Filter {}

    /**
     * Those for which the expression is true.
     *
     * @param expression the compiled expression, a boolean
     */
    public record Condition(Expression expression) implements Filter {}

    /** All events of the topic, or none of them: what {@code from} says. */
    public enum Whole implements Filter {
        ALL,
        NONE
    }
}
