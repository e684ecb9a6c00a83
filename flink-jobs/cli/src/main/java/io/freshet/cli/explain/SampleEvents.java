/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Events made up for an entity: at random times that do not know of each other (a Poisson process), with values of the
 * types that the view reads: whole numbers and decimals up to 1,000, doubles with two decimals, one of 100 texts of 12
 * letters, vectors of the dimension that a feature names. Every filter lets them pass. The same for each call.
 */
final class SampleEvents {

    static final int TEXTS = 100;
    private static final int TEXT_LENGTH = 12;
    private static final int GREATEST = 1_000;
    private static final int CENTS = 100;
    private static final int DEFAULT_DIMENSION = 8;
    private static final long SEED = 20260131;

    private final List<ValueType> types;
    private final int dimension;
    private final Random random = new Random(SEED);
    private long number;

    SampleEvents(ViewPlan plan) {
        types = plan.inputTypes();
        dimension = plan.view().features().stream()
                .map(FeatureView.Feature::call)
                .flatMap(call -> java.util.Optional.ofNullable(call.arguments().get("dimension")).stream())
                .mapToInt(text -> Integer.parseInt(text.text().strip()))
                .max()
                .orElse(DEFAULT_DIMENSION);
    }

    /** The time to the next event, in ms, where there are that many in a day on average. */
    long gapMillis(double eventsPerDay) {
        return (long) (-Math.log(1 - random.nextDouble()) * 86_400_000 / eventsPerDay);
    }

    /** An event at that time. */
    SelectedEvent at(long timeMillis) {
        @Nullable
        Object[] inputs = types.stream().map(type -> value(type, timeMillis)).toArray();
        return new SelectedEvent("entity", timeMillis, 0, number++, timeMillis, -1L, inputs, null);
    }

    private Object value(ValueType type, long timeMillis) {
        return switch (type.kind()) {
            case LONG -> (long) random.nextInt(GREATEST);
            case DOUBLE -> random.nextInt(GREATEST * CENTS) / (double) CENTS;
            case DECIMAL -> decimal(type);
            case BOOLEAN -> random.nextBoolean();
            case STRING -> ("text" + (1_000_000_000L + random.nextInt(TEXTS))).substring(0, TEXT_LENGTH);
            case TIMESTAMP -> timeMillis;
            case LIST -> list(type, timeMillis);
            case MAP -> throw new IllegalArgumentException("Cannot make up a " + type + ", expected an input's type");
        };
    }

    private BigDecimal decimal(ValueType type) {
        BigInteger most = BigInteger.TEN
                .pow(type.precision())
                .min(BigInteger.valueOf(GREATEST).multiply(BigInteger.TEN.pow(type.scale())));
        BigInteger unscaled =
                BigInteger.valueOf(random.nextInt(Integer.MAX_VALUE)).mod(most);
        return new BigDecimal(unscaled, type.scale());
    }

    private List<Object> list(ValueType type, long timeMillis) {
        List<Object> values = new ArrayList<>(dimension);
        for (int i = 0; i < dimension; i++) {
            values.add(value(type.element(), timeMillis));
        }
        return values;
    }
}
