/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the event at hand, each read at most once, by position and for the expressions that know them
 * by CEL name ({@code event.geo.country}). NaN and infinities read as null and are remembered. Used by one thread.
 */
final class EventVariables {

    private static final String PREFIX = "event.";

    private final Schema schema;
    private final List<FieldReader> readers = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private @Nullable Object[] values = new Object[0];
    private boolean[] nonFinite = new boolean[0];

    EventVariables(Schema schema) {
        this.schema = schema;
    }

    /** Position of a field, added where it is new. */
    int add(List<String> path) {
        String name = PREFIX + String.join(".", path);
        if (!names.contains(name)) {
            names.add(name);
            readers.add(FieldReader.of(schema, path));
            values = new Object[readers.size()];
            nonFinite = new boolean[readers.size()];
        }
        return names.indexOf(name);
    }

    /** Adds the fields that an expression reads. */
    Expression.Bound add(Expression expression) {
        expression.variables().forEach(this::add);
        return expression.bind(names);
    }

    private void add(String variable) {
        if (!variable.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "Cannot read '" + variable + "' of an event, expected a name that starts with " + PREFIX);
        }
        add(List.of(variable.substring(PREFIX.length()).split("\\.")));
    }

    /** Takes up the next event. */
    void read(IndexedRecord event) throws BadEventException {
        Arrays.fill(nonFinite, false);
        for (int i = 0; i < values.length; i++) {
            Object value = readers.get(i).read(event);
            if (isNonFinite(value)) {
                nonFinite[i] = true;
                value = null;
            }
            values[i] = value;
        }
    }

    private static boolean isNonFinite(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().anyMatch(EventVariables::isNonFinite);
        }
        return value instanceof Double number && !Double.isFinite(number);
    }

    @Nullable
    Object value(int position) {
        return values[position];
    }

    /** The value of an expression that was added. */
    @Nullable
    Object evaluate(Expression.Bound expression) throws ExpressionFailedException {
        return expression.evaluate(values);
    }

    /** Names of the fields of this event that are lists of more elements. */
    List<String> longerThan(int elements) {
        List<String> found = new ArrayList<>(0);
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof List<?> list && list.size() > elements) {
                found.add(readers.get(i).name());
            }
        }
        return found;
    }

    /** Names of the fields of this event that are NaN or infinite. */
    List<String> nonFinite() {
        List<String> found = new ArrayList<>(0);
        for (int i = 0; i < nonFinite.length; i++) {
            if (nonFinite[i]) {
                found.add(readers.get(i).name());
            }
        }
        return found;
    }
}
