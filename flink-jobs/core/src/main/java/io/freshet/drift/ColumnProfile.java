/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static java.util.Objects.requireNonNull;

import io.freshet.expression.ValueType;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the values of one column: some 300 kB at most however many there are. Profiles of parts merge to the profile of
 * the whole. Warming values are counted and left out: they tell of the job's start, not of the entities. Used by one
 * thread at a time.
 */
public final class ColumnProfile {

    /** What is looked at. */
    public enum Kind {
        /** Numbers themselves. */
        NUMBER,
        /** Of timestamps the age at the row's as_of, in seconds: they would else drift by the mere passing of time. */
        AGE,
        /** Of lists and maps the number of elements. */
        SIZE,
        /** Texts and booleans, each value for itself. */
        CATEGORY
    }

    private static final double MILLIS_PER_SECOND = 1000;

    private final String name;
    private final ValueType type;
    private final Kind kind;
    private final Histogram histogram = new Histogram();
    private final Moments moments = new Moments();
    private final Categories categories = new Categories();
    private long rows;
    private long nulls;
    private long warming;
    private long notFinite;

    /**
     * Of nothing.
     *
     * @param name name of the column
     * @param type type of its values, which tells its {@link Kind}
     */
    public ColumnProfile(String name, ValueType type) {
        this.name = requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.kind = switch (type.kind()) {
            case LONG, DOUBLE, DECIMAL -> Kind.NUMBER;
            case TIMESTAMP -> Kind.AGE;
            case LIST, MAP -> Kind.SIZE;
            case STRING, BOOLEAN -> Kind.CATEGORY;
        };
    }

    /**
     * Takes a value.
     *
     * @param value in the form that {@link ValueType} names; null is SQL's null
     * @param asOfMillis event time at which it is true, ms since 1970 UTC; a timestamp needs one
     */
    public void add(@Nullable Object value, long asOfMillis) {
        rows++;
        if (value == null) {
            nulls++;
        } else if (kind == Kind.CATEGORY) {
            categories.add(value.toString());
        } else {
            double number = number(value, asOfMillis);
            if (Double.isFinite(number)) {
                histogram.add(number);
                moments.add(number, 0);
            } else {
                notFinite++;
            }
        }
    }

    /** Counts a value that is still warming. */
    public void addWarming() {
        warming++;
    }

    /** The number that stands for a value of a kind other than CATEGORY. */
    double number(Object value, long asOfMillis) {
        return switch (kind) {
            case NUMBER -> ((Number) value).doubleValue();
            case AGE -> age((Long) value, asOfMillis);
            case SIZE -> value instanceof Map<?, ?> map ? map.size() : ((Collection<?>) value).size();
            case CATEGORY -> throw new IllegalStateException("No number stands for a text: " + name);
        };
    }

    private double age(long millis, long asOfMillis) {
        if (asOfMillis == Profile.NO_TIME) {
            throw new IllegalArgumentException("Cannot tell the age of a value of " + name + ": its row says no time");
        }
        return (asOfMillis - millis) / MILLIS_PER_SECOND;
    }

    /** Takes all that the other took, which stays as it is. */
    public void merge(ColumnProfile other) {
        if (!name.equals(other.name) || !type.equals(other.type)) {
            throw new IllegalArgumentException("Cannot merge profiles of " + name + " and " + other.name);
        }
        rows += other.rows;
        nulls += other.nulls;
        warming += other.warming;
        notFinite += other.notFinite;
        histogram.merge(other.histogram);
        moments.merge(other.moments);
        categories.merge(other.categories);
    }

    public String name() {
        return name;
    }

    public ValueType type() {
        return type;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether all its numbers are whole. */
    public boolean isWhole() {
        return kind == Kind.SIZE || type.kind() == ValueType.Kind.LONG;
    }

    /** How many values it took, nulls among them and warming ones not. */
    public long rows() {
        return rows;
    }

    public long nulls() {
        return nulls;
    }

    /** How many values were left out for they were still warming. */
    public long warming() {
        return warming;
    }

    /** How many doubles were NaN or infinite: they are rows, but have no place in the distribution. */
    public long notFinite() {
        return notFinite;
    }

    /** Nulls as a share of rows; NaN of nothing. */
    public double nullShare() {
        return nulls / (double) rows;
    }

    /** How many values have a place in the distribution. */
    public long values() {
        return kind == Kind.CATEGORY ? categories.total() : histogram.total();
    }

    /** The distribution of its numbers; of nothing where it is a CATEGORY. */
    public Histogram histogram() {
        return histogram;
    }

    /** Mean and deviation of its numbers; of nothing where it is a CATEGORY. */
    public Moments moments() {
        return moments;
    }

    /** The frequencies of its texts; of nothing where it is no CATEGORY. */
    public Categories categories() {
        return categories;
    }

    /** A quantile of its numbers, to within {@link Histogram#relativeError()}; NaN of nothing. */
    public double quantile(double quantile) {
        return histogram.quantile(quantile, isWhole());
    }
}
