/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Events made at random, for {@link AlgebraLaws}: of few different values, so that many are equal. Those of one call of
 * {@link #some} may be of one time, those of the next are later, as it is with tiles.
 */
final class RandomOccurrences {

    private static final int VECTOR = 3;

    private final List<ValueType> inputs;
    private final boolean skipsNulls;
    private final Random random;
    private long timeMillis;
    private long offset;

    RandomOccurrences(List<ValueType> inputs, boolean skipsNulls, Random random) {
        this.inputs = inputs;
        this.skipsNulls = skipsNulls;
        this.random = random;
    }

    /** One or more, up to that many. */
    List<Occurrence> some(int most) {
        List<Occurrence> made = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            made.add(made());
        }
        timeMillis++;
        return made;
    }

    /** One that is later than all so far. */
    Occurrence one() {
        return some(1).get(0);
    }

    /** The row as of now; overflows are not counted. */
    Reading reading() {
        return new Reading() {
            @Override
            public long asOfMillis() {
                return timeMillis;
            }

            @Override
            public void countOverflow() {}
        };
    }

    private Occurrence made() {
        List<@Nullable Object> values = new ArrayList<>();
        for (ValueType type : inputs) {
            values.add(!skipsNulls && random.nextInt(5) == 0 ? null : value(type));
        }
        timeMillis += random.nextInt(3);
        return new Made(values, timeMillis, random.nextInt(2), offset++);
    }

    private Object value(ValueType type) {
        int number = random.nextInt(8) - 3;
        return switch (type.kind()) {
            case LONG, TIMESTAMP -> (long) number;
            case DOUBLE -> number / 4.0;
            case DECIMAL -> BigDecimal.valueOf(number, type.scale());
            case BOOLEAN -> number > 0;
            case STRING -> "text " + number;
            case LIST -> list(type.element());
            case MAP -> map(type.element());
        };
    }

    private List<@Nullable Object> list(ValueType element) {
        int size = random.nextInt(4) == 0 ? random.nextInt(2 * VECTOR) : VECTOR;
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(random.nextInt(12) == 0 ? null : value(element));
        }
        return Collections.unmodifiableList(list);
    }

    private Map<String, Object> map(ValueType element) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(VECTOR); i > 0; i--) {
            map.put("key " + random.nextInt(VECTOR), value(element));
        }
        return Collections.unmodifiableMap(map);
    }

    private record Made(List<@Nullable Object> values, long timeMillis, int partition, long offset)
            implements Occurrence {
        @Override
        public @Nullable Object input(int position) {
            return values.get(position);
        }
    }
}
