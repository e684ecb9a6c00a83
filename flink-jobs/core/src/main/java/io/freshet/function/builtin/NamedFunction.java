/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import io.freshet.function.Reading;
import io.freshet.function.RefusedCallException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function put together of its parts.
 *
 * @param label its name
 * @param mainInput what its first input is
 * @param parameters what it takes beside its first input
 * @param binding what it computes
 * @param description what users need to know of it
 */
record NamedFunction(
        String label, MainInput mainInput, List<Parameter> parameters, Binding binding, Description description)
        implements FeatureFunction {

    /** Texts of descriptions that many functions share. */
    static final String NUMBERS = "long, double, decimal";

    /** What is computed for a call. */
    @FunctionalInterface
    interface Binding {
        Computation bind(Call call) throws RefusedCallException;
    }

    NamedFunction {
        parameters = List.copyOf(parameters);
    }

    /** A function of values. */
    NamedFunction(String label, List<Parameter> parameters, Binding binding, Description description) {
        this(label, MainInput.VALUES, parameters, binding, description);
    }

    @Override
    public Computation bind(Call call) throws RefusedCallException {
        return binding.bind(call);
    }

    /** Refuses a second input that is no number. */
    static void requireNumbers(Call call, String parameter) throws RefusedCallException {
        call.requireNumber();
        call.require(1, parameter, call.input(1).isNumber(), "a number");
    }

    /** Refuses a first input that is no boolean. */
    static void requireBoolean(Call call) throws RefusedCallException {
        call.require(call.input().kind() == ValueType.Kind.BOOLEAN, "a boolean");
    }

    /** The value itself; where it left the range of doubles null, which is counted. */
    static @Nullable Object finite(double value, Reading at) {
        return Double.isFinite(value) ? (Object) value : at.overflow();
    }
}
