/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.expression.ValueType;

/**
 * A partial state that the window core keeps in plain cells, for speed; its values are made by a {@link CoreFinish}.
 *
 * @param kind what is kept
 * @param input type of the input; LONG where whole events are counted
 */
public record CorePartials(Kind kind, ValueType input) implements Partials {

    /** What is kept. */
    public enum Kind {
        /** Number of events, or of values. */
        COUNT,
        /** Sum and number of values. */
        SUM,
        /** The least value. */
        MIN,
        /** The greatest value. */
        MAX,
        /** Number, mean and squared distances from it. */
        MOMENTS,
        /** The first value. */
        FIRST,
        /** The last value. */
        LAST,
        /** A HyperLogLog sketch. */
        SKETCH
    }
}
