/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.expression.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The functions whose partial states the window core keeps in plain cells. */
public enum CoreFunction implements FeatureFunction {
    COUNT(CorePartials.Kind.COUNT, CoreFinish.COUNT) {
        @Override
        ValueType result(Call call) {
            return ValueType.LONG;
        }
    },
    SUM(CorePartials.Kind.SUM, CoreFinish.SUM) {
        @Override
        ValueType result(Call call) throws RefusedCallException {
            call.requireNumber();
            ValueType input = call.input();
            return input.kind() == ValueType.Kind.DECIMAL
                    ? ValueType.decimal(ValueType.MAX_PRECISION, input.scale())
                    : input;
        }
    },
    MEAN(CorePartials.Kind.SUM, CoreFinish.MEAN),
    MIN(CorePartials.Kind.MIN, CoreFinish.MIN) {
        @Override
        ValueType result(Call call) throws RefusedCallException {
            return ordered(call);
        }
    },
    MAX(CorePartials.Kind.MAX, CoreFinish.MAX) {
        @Override
        ValueType result(Call call) throws RefusedCallException {
            return ordered(call);
        }
    },
    VARIANCE(CorePartials.Kind.MOMENTS, CoreFinish.VARIANCE),
    VARIANCE_POP(CorePartials.Kind.MOMENTS, CoreFinish.VARIANCE_POP),
    STDDEV(CorePartials.Kind.MOMENTS, CoreFinish.STDDEV),
    STDDEV_POP(CorePartials.Kind.MOMENTS, CoreFinish.STDDEV_POP),
    FIRST(CorePartials.Kind.FIRST, CoreFinish.PLAIN) {
        @Override
        ValueType result(Call call) {
            return call.input();
        }
    },
    LAST(CorePartials.Kind.LAST, CoreFinish.PLAIN) {
        @Override
        ValueType result(Call call) {
            return call.input();
        }
    },
    APPROX_COUNT_DISTINCT(CorePartials.Kind.SKETCH, CoreFinish.PLAIN) {
        @Override
        ValueType result(Call call) throws RefusedCallException {
            call.require(call.input().isScalar(), "a single value");
            return ValueType.LONG;
        }
    };

    private final CorePartials.Kind kind;
    private final CoreFinish finish;

    CoreFunction(CorePartials.Kind kind, CoreFinish finish) {
        this.kind = kind;
        this.finish = finish;
    }

    /** All of them. */
    static List<FeatureFunction> all() {
        return Arrays.<FeatureFunction>asList(values());
    }

    @Override
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public MainInput mainInput() {
        return this == COUNT ? MainInput.VALUES_OR_EVENTS : MainInput.VALUES;
    }

    @Override
    public Description description() {
        return CoreDescriptions.of(this);
    }

    /** Type of the result; most give a double of a number. */
    ValueType result(Call call) throws RefusedCallException {
        call.requireNumber();
        return ValueType.DOUBLE;
    }

    @Override
    public Computation bind(Call call) throws RefusedCallException {
        ValueType type = result(call);
        ValueType input = call.isOfEvents() ? ValueType.LONG : call.input();
        return new Computation(type, new CorePartials(kind, input), finish, Aging.NONE);
    }

    private static ValueType ordered(Call call) throws RefusedCallException {
        call.require(call.input().isOrdered(), "a number, a timestamp or text");
        return call.input();
    }
}
