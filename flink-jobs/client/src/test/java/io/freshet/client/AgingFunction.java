/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.expression.ValueType;
import io.freshet.function.Aging;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.CoreFinish;
import io.freshet.function.CorePartials;
import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import java.util.Locale;

/** Functions of these tests whose values change with time. Nothing computes them: their values are written by hand. */
abstract class AgingFunction implements FeatureFunction {

    private final ValueType type;
    private final Aging aging;

    private AgingFunction(ValueType type, Aging aging) {
        this.type = type;
        this.aging = aging;
    }

    /** Grows by the milliseconds that pass. */
    public static final class Age extends AgingFunction {
        public Age() {
            super(ValueType.LONG, Aging.GROWS);
        }
    }

    /** Halves in each second. */
    public static final class Faded extends AgingFunction {
        public Faded() {
            super(ValueType.DOUBLE, Aging.decays(1_000));
        }
    }

    @Override
    public String label() {
        return "test_" + getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    @Override
    public MainInput mainInput() {
        return MainInput.VALUES_OR_EVENTS;
    }

    @Override
    public Description description() {
        return new Description(Group.OTHER, "For tests", "", "any, or *", type.toString(), "null", "exact", "8 B");
    }

    @Override
    public Computation bind(Call call) {
        return new Computation(
                type, new CorePartials(CorePartials.Kind.COUNT, ValueType.LONG), CoreFinish.PLAIN, aging);
    }
}
