/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a value is, and how far an honest computation may be from it. Immutable. */
public final class Answer {

    private final @Nullable Object value;
    private final String text;
    private final Predicate<@Nullable Object> accepts;

    private Answer(@Nullable Object value, String text, Predicate<@Nullable Object> accepts) {
        this.value = value;
        this.text = text;
        this.accepts = accepts;
    }

    /** An answer of which every bit counts. */
    static Answer exact(@Nullable Object value) {
        return new Answer(
                value, String.valueOf(value), actual -> value == null ? actual == null : value.equals(actual));
    }

    /**
     * A number that may be off by no more than a tolerance, in the form of its type.
     *
     * @param value the value, computed exactly and rounded once
     * @param tolerance how far it may be off; 0 where every bit counts
     */
    static Answer near(Object value, double tolerance) {
        if (tolerance == 0) {
            return exact(value);
        }
        return new Answer(value, value + " (+- " + tolerance + ")", actual -> isNear(value, actual, tolerance));
    }

    private static boolean isNear(Object value, @Nullable Object actual, double tolerance) {
        return actual != null
                && actual.getClass() == value.getClass()
                && Math.abs(((Number) actual).doubleValue() - ((Number) value).doubleValue()) <= tolerance;
    }

    /** Any value that a condition holds for, as where an approximation has a bound of its own. */
    static Answer accepting(@Nullable Object value, String text, Predicate<@Nullable Object> accepts) {
        return new Answer(value, text, accepts);
    }

    /** Each element is an answer of its own. */
    static Answer list(List<Answer> elements) {
        List<@Nullable Object> values = new ArrayList<>();
        elements.forEach(element -> values.add(element.value));
        return new Answer(values, elements.toString(), actual -> {
            if (!(actual instanceof List<?> list) || list.size() != elements.size()) {
                return false;
            }
            for (int i = 0; i < list.size(); i++) {
                if (!elements.get(i).agreesWith(list.get(i))) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The value of each key is an answer of its own; a key whose value is null is left out, and null stands for no keys. */
    static Answer map(Map<String, Answer> entries) {
        Map<String, Object> values = new TreeMap<>();
        entries.forEach((key, answer) -> {
            if (answer.value != null) {
                values.put(key, answer.value);
            }
        });
        return new Answer(values.isEmpty() ? null : values, entries.toString(), actual -> {
            Map<?, ?> map = actual instanceof Map<?, ?> found ? found : Map.of();
            boolean typed = actual == null ? map.isEmpty() : !map.isEmpty();
            return typed
                    && entries.keySet().containsAll(map.keySet())
                    && entries.entrySet().stream()
                            .allMatch(entry -> entry.getValue().agreesWith(map.get(entry.getKey())));
        });
    }

    /** This answer, or null because the computation may leave the range of doubles on the way. */
    Answer orNull() {
        return new Answer(value, text + " or null", actual -> actual == null || accepts.test(actual));
    }

    /** Null is owed, but for a computation that stays within the range of doubles on the way. */
    static Answer nullOrAny() {
        return new Answer(null, "null or any", actual -> true);
    }

    /** The value, computed exactly and rounded once; null is SQL's null. */
    public @Nullable Object value() {
        return value;
    }

    /** Whether that value, in the form of its type, agrees with this answer. */
    public boolean agreesWith(@Nullable Object actual) {
        return accepts.test(actual);
    }

    /** {@code 12.5 (+- 1.0E-9)}. */
    @Override
    public String toString() {
        return text;
    }
}
