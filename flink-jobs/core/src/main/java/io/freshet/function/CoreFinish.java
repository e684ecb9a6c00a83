/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import org.jspecify.annotations.Nullable;

/** Names what the window core makes of {@link CorePartials}. */
public enum CoreFinish implements Finish<Object> {
    /** What the partial state is: a value, a number of distinct values. */
    PLAIN,
    COUNT,
    SUM,
    MIN,
    MAX,
    /** The mean of a sum. */
    MEAN,
    VARIANCE,
    VARIANCE_POP,
    STDDEV,
    STDDEV_POP;

    @Override
    public @Nullable Object value(Object partial, Reading at) {
        throw new IllegalStateException("The window core makes the value of its own cells");
    }
}
