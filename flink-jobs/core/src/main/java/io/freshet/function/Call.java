/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.expression.Durations;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A function as one column calls it.
 *
 * @param inputs types of its inputs: the first, then those of its input parameters in their order; none for whole events
 * @param arguments text of each parameter that is no input, with defaults filled in
 * @param windowMillis length of the window in ms; empty for a lifetime
 */
public record Call(List<ValueType> inputs, SortedMap<String, String> arguments, OptionalLong windowMillis) {

    public Call {
        inputs = List.copyOf(inputs);
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
    }

    /** Whether it is called with {@code "*"}. */
    public boolean isOfEvents() {
        return inputs.isEmpty();
    }

    /** Type of the first input. */
    public ValueType input() {
        return inputs.get(0);
    }

    /** Type of the n-th input, from 0. */
    public ValueType input(int position) {
        return inputs.get(position);
    }

    /**
     * The value of a count parameter.
     *
     * @param greatest the most that the function takes
     */
    public int count(String parameter, int greatest) throws RefusedCallException {
        String text = argument(parameter);
        long value = text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 0;
        if (value < 1 || value > greatest) {
            throw RefusedCallException.ofParameter(
                    parameter,
                    "Cannot use '" + text + "' for '" + parameter + "': expected a whole number from 1 to " + greatest);
        }
        return (int) value;
    }

    /** The value of a number parameter, between these, both included. */
    public double number(String parameter, double least, double greatest) throws RefusedCallException {
        return decimal(parameter, least, greatest).doubleValue();
    }

    /** As {@link #number}, as it is written. */
    public BigDecimal decimal(String parameter, double least, double greatest) throws RefusedCallException {
        String text = argument(parameter);
        try {
            BigDecimal value = new BigDecimal(text.strip());
            if (value.doubleValue() >= least && value.doubleValue() <= greatest) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw notBetween(parameter, text, least, greatest);
        }
        throw notBetween(parameter, text, least, greatest);
    }

    private static RefusedCallException notBetween(String parameter, String text, double least, double greatest) {
        return RefusedCallException.ofParameter(
                parameter,
                "Cannot use '" + text + "' for '" + parameter + "': expected a number from " + least + " to "
                        + greatest);
    }

    /** The value of a duration parameter, in ms, above 0. */
    public long millis(String parameter) throws RefusedCallException {
        String text = argument(parameter);
        long millis = Durations.parse(text).map(Duration::toMillis).orElse(0L);
        if (millis == 0) {
            throw RefusedCallException.ofParameter(
                    parameter,
                    "Cannot use '" + text + "' for '" + parameter + "': " + Durations.EXPECTED + ", above zero");
        }
        return millis;
    }

    private String argument(String parameter) {
        String text = arguments.get(parameter);
        if (text == null) {
            throw new IllegalArgumentException("The function does not declare the parameter " + parameter);
        }
        return text;
    }

    /** Refuses the first input unless it is a number. */
    public void requireNumber() throws RefusedCallException {
        require(input().isNumber(), "a number");
    }

    /**
     * Refuses the first input unless a condition holds.
     *
     * @param expected what would be right, as in "expected a number"
     */
    public void require(boolean condition, String expected) throws RefusedCallException {
        if (!condition) {
            throw RefusedCallException.ofInput("of type " + input() + ": expected " + expected);
        }
    }

    /**
     * Refuses an input parameter unless a condition holds.
     *
     * @param position position among the inputs, from 1
     * @param parameter its name
     * @param expected what would be right
     */
    public void require(int position, String parameter, boolean condition, String expected)
            throws RefusedCallException {
        if (!condition) {
            throw RefusedCallException.ofParameter(
                    parameter, "Cannot use a " + input(position) + " for '" + parameter + "': expected " + expected);
        }
    }
}
