/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import io.freshet.function.RefusedCallException;
import java.util.List;

/**
 * A function of values by what makes it up.
 *
 * @param label its name
 * @param description what users need to know
 * @param parameters what it takes beside its first input
 * @param binding what it computes for a call
 */
record Builtin(String label, Description description, List<Parameter> parameters, Binding binding)
        implements FeatureFunction {

    /** What a function computes for a call. */
    interface Binding {
        Computation of(Call call) throws RefusedCallException;
    }

    Builtin {
        parameters = List.copyOf(parameters);
    }

    @Override
    public Computation bind(Call call) throws RefusedCallException {
        return binding.of(call);
    }
}
