/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.ViewPlan;
import java.io.Serializable;
import java.util.List;

/** The values of generated events: those of one number are always the same. */
final class EventValues implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Field[] inputs;

    private enum Field {
        VALUE,
        AMOUNT,
        QUANTITY
    }

    /** The values that the aggregates of that plan read. */
    EventValues(ViewPlan plan) {
        List<ViewPlan.Input> all = plan.sources().get(0).inputs();
        inputs = new Field[all.size()];
        for (int i = 0; i < inputs.length; i++) {
            String name = ((ViewPlan.Field) all.get(i)).name();
            inputs[i] = name.equals("value") ? Field.VALUE : name.equals("amount") ? Field.AMOUNT : Field.QUANTITY;
        }
    }

    /** The inputs of event number n, by position in the plan. */
    Object[] of(long n) {
        Object[] values = new Object[inputs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (inputs[i]) {
                case VALUE -> value(n);
                case AMOUNT -> amount(n);
                case QUANTITY -> quantity(n);
            };
        }
        return values;
    }

    /** In [-1000, 1000]. */
    static long value(long n) {
        return Math.floorMod(n * 0x9E3779B97F4A7C15L >>> 16, 2001) - 1000;
    }

    /** In [0, 200], with one decimal. */
    static double amount(long n) {
        return (value(n) + 1000) / 10.0;
    }

    /** In [0, 10). */
    static long quantity(long n) {
        return Math.floorMod(value(n), 10);
    }
}
