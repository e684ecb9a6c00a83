/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import org.jspecify.annotations.Nullable;

/**
 * Makes the value of a partial state.
 *
 * @param <P> the partial state
 */
@FunctionalInterface
public interface Finish<P> {

    /**
     * The value, in the form of its type; null is SQL's null. Leaves the partial state as it is.
     *
     * @param partial the partial state; that of nothing where no event counts
     * @param at the row that the value is for
     */
    @Nullable
    Object value(P partial, Reading at);
}
