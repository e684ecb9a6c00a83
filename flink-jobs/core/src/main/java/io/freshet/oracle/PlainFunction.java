/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import io.freshet.expression.ValueType;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/** A function over a plain list of events: slow and obvious. */
@FunctionalInterface
interface PlainFunction {

    /**
     * The answer over the events that count, in order of time, partition, offset. None of their inputs is null, but for
     * the functions that {@link PlainFunctions} says take nulls.
     */
    Answer answer(Question question, List<PlainEvent> events);

    /**
     * What is asked beside the events.
     *
     * @param types types of the inputs; none where whole events are counted
     * @param arguments text of the function's other parameters
     * @param windowMillis length of the window in ms; empty for a lifetime
     * @param asOfMillis the moment of the row
     */
    record Question(
            List<ValueType> types, SortedMap<String, String> arguments, OptionalLong windowMillis, long asOfMillis) {

        /** Type of the first input. */
        ValueType type() {
            return types.get(0);
        }

        /** A parameter that is a whole number. */
        int count(String parameter) {
            return Integer.parseInt(arguments.get(parameter));
        }
    }
}
