/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.reading.ReadPlan;
import io.freshet.row.RowIdentity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one view gave for one entity, true at the moment of reading: ages have grown, decayed values have faded, and what is
 * computed on demand is computed. Immutable.
 */
public final class ViewVector {

    private final String view;
    private final String entity;
    private final RowStatus status;
    private final Optional<RowIdentity> row;
    private final OptionalLong ageMillis;
    private final List<ReadPlan.Feature> features;
    private final @Nullable Object[] values;
    private final Set<String> warming;
    private final Set<String> defaulted;

    ViewVector(
            String view,
            String entity,
            RowStatus status,
            Optional<RowIdentity> row,
            OptionalLong ageMillis,
            List<ReadPlan.Feature> features,
            @Nullable Object[] values,
            Set<String> warming,
            Set<String> defaulted) {
        this.view = view;
        this.entity = entity;
        this.status = status;
        this.row = row;
        this.ageMillis = ageMillis;
        this.features = features;
        this.values = values;
        this.warming = Collections.unmodifiableSet(warming);
        this.defaulted = Collections.unmodifiableSet(defaulted);
    }

    /** Name of the view. */
    public String view() {
        return view;
    }

    /** The entity key as text. */
    public String entity() {
        return entity;
    }

    /** How good it is. */
    public RowStatus status() {
        return status;
    }

    /** Which row it was read from; empty where there is none. One of another version than the view's gave no value. */
    public Optional<RowIdentity> row() {
        return row;
    }

    /** Event time at which the stored values were true; empty where there is no row. */
    public Optional<Instant> asOf() {
        return row.map(each -> Instant.ofEpochMilli(each.asOfMillis()));
    }

    /** Time from the row's as_of to the moment of reading, ms; empty where it gave no value. */
    public OptionalLong ageMillis() {
        return ageMillis;
    }

    /** Names of the features whose values are warming. */
    public Set<String> warming() {
        return warming;
    }

    /** Names of the features that are what {@link FeatureService.Builder#otherwise} says. */
    public Set<String> defaulted() {
        return defaulted;
    }

    /** Names of the features, in the order of the service. */
    public List<String> names() {
        return features.stream().map(ReadPlan.Feature::name).toList();
    }

    /** All values by name, in the order of the service, in the form that {@link io.freshet.expression.ValueType} names. */
    public Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(features.get(i).name(), values[i]);
        }
        return Collections.unmodifiableMap(named);
    }

    /** The value of the feature at that position of {@link #names}; null is SQL's null. */
    public @Nullable Object valueAt(int position) {
        return values[position];
    }

    /**
     * The value of a feature, in the form that {@link io.freshet.expression.ValueType} names; null is SQL's null.
     *
     * @throws IllegalArgumentException if it was not asked for
     */
    public @Nullable Object value(String feature) {
        for (int i = 0; i < values.length; i++) {
            if (features.get(i).name().equals(feature)) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("Cannot give feature '" + feature + "' of view '" + view
                + "': it was not asked for, expected one of " + String.join(", ", names()));
    }

    /** A feature of type long; null is SQL's null. */
    public @Nullable Long longValue(String feature) {
        return typed(feature, Long.class);
    }

    /** A feature of type double; null is SQL's null. */
    public @Nullable Double doubleValue(String feature) {
        return typed(feature, Double.class);
    }

    /** A feature of type decimal; null is SQL's null. */
    public @Nullable BigDecimal decimalValue(String feature) {
        return typed(feature, BigDecimal.class);
    }

    /** A feature of type boolean; null is SQL's null. */
    public @Nullable Boolean booleanValue(String feature) {
        return typed(feature, Boolean.class);
    }

    /** A feature of type string; null is SQL's null. */
    public @Nullable String text(String feature) {
        return typed(feature, String.class);
    }

    /** A feature of type timestamp; null is SQL's null. */
    public @Nullable Instant instant(String feature) {
        Long millis = typed(feature, Long.class);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** A feature that is a list of numbers, such as a vector; null is SQL's null, NaN an element that is null. */
    public float @Nullable [] floats(String feature) {
        List<?> list = typed(feature, List.class);
        if (list == null) {
            return null;
        }
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = list.get(i) instanceof Number number ? number.floatValue() : Float.NaN;
        }
        return floats;
    }

    private <T> @Nullable T typed(String feature, Class<T> type) {
        Object value = value(feature);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalArgumentException("Cannot give feature '" + feature + "' of view '" + view + "' as "
                    + type.getSimpleName() + ": it is a "
                    + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return view + " " + entity + " " + status + " " + values();
    }
}
