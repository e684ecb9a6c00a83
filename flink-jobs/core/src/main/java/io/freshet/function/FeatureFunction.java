/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.util.List;

/**
 * An aggregate function that views can name. Implementations are found by {@link java.util.ServiceLoader}: a jar with a
 * file {@code META-INF/services/io.freshet.function.FeatureFunction} on the class path adds its functions to validation,
 * streaming, backfill and training sets alike. Stateless, with a public constructor without arguments.
 */
public interface FeatureFunction {

    /** As written in a view, and unique among all functions: lower case letters, digits and _, a letter first. */
    String label();

    /** What users need to know of it. */
    Description description();

    /** What its first input is. */
    default MainInput mainInput() {
        return MainInput.VALUES;
    }

    /** What it takes beside its first input, in the order in which a reference lists them. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * What is computed for these types of input and these arguments. Gives an equal result for an equal call, always.
     *
     * @throws RefusedCallException if the function has no meaning for them; its message goes to the author of the view
     */
    Computation bind(Call call) throws RefusedCallException;

    /** What the first input of a function is. */
    enum MainInput {
        /** A field of the event, or CEL over it. */
        VALUES,
        /** The same, or {@code "*"} for whole events. */
        VALUES_OR_EVENTS
    }
}
