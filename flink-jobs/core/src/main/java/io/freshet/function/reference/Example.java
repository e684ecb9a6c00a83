/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.reference;

import io.freshet.expression.ValueType;
import io.freshet.function.Call;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import io.freshet.function.RefusedCallException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A feature that calls a function in a way that the function accepts: found by trying, so that no example is wrong.
 *
 * @param function the function
 * @param input {@code *}, or a field of {@link #FIELDS}
 * @param arguments what is written for its parameters, in their order; those with a default are left away
 * @param isLifetime whether it is over a lifetime; over an hour otherwise
 */
public record Example(FeatureFunction function, String input, Map<String, String> arguments, boolean isLifetime) {

    /** The fields of the events that examples are about. */
    public static final Map<String, ValueType> FIELDS = fields();

    private static final String EVENTS = "*";
    private static final long HOUR = 3_600_000;
    private static final List<String> NUMBERS_FIRST =
            List.of("amount", "country", "time", "paid", "embedding", "tags", "balance", "shares");
    private static final List<String> TEXTS_FIRST =
            List.of("country", "amount", "time", "paid", "embedding", "tags", "balance", "shares");
    private static final List<String> SECOND =
            List.of("discount", "amount", "country", "paid", "time", "target", "embedding", "tags");

    private static Map<String, ValueType> fields() {
        Map<String, ValueType> fields = new LinkedHashMap<>();
        fields.put("amount", ValueType.DOUBLE);
        fields.put("discount", ValueType.DOUBLE);
        fields.put("balance", ValueType.LONG);
        fields.put("country", ValueType.STRING);
        fields.put("paid", ValueType.BOOLEAN);
        fields.put("time", ValueType.TIMESTAMP);
        fields.put("embedding", ValueType.list(ValueType.DOUBLE));
        fields.put("target", ValueType.list(ValueType.DOUBLE));
        fields.put("tags", ValueType.list(ValueType.STRING));
        fields.put("shares", ValueType.map(ValueType.DOUBLE));
        return java.util.Collections.unmodifiableMap(fields);
    }

    /** An example of a function; empty where it accepts none of those tried. */
    public static Optional<Example> of(FeatureFunction function) {
        for (boolean isLifetime : List.of(false, true)) {
            for (String input : inputs(function)) {
                Optional<Example> found = search(function, input, isLifetime, 0, new LinkedHashMap<>());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> inputs(FeatureFunction function) {
        Group group = function.description().group();
        List<String> fields = group == Group.DISTRIBUTION || group == Group.ORDER ? TEXTS_FIRST : NUMBERS_FIRST;
        List<String> inputs = new ArrayList<>();
        if (function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS) {
            inputs.add(EVENTS);
        }
        inputs.addAll(fields);
        return inputs;
    }

    /** Tries all values of the parameters from that position on. */
    private static Optional<Example> search(
            FeatureFunction function, String input, boolean isLifetime, int position, Map<String, String> chosen) {
        if (position == function.parameters().size()) {
            Example example = new Example(function, input, new LinkedHashMap<>(chosen), isLifetime);
            return Optional.of(example).filter(Example::isAccepted);
        }
        Parameter parameter = function.parameters().get(position);
        if (parameter.otherwise().isPresent()) {
            return search(function, input, isLifetime, position + 1, chosen);
        }
        for (String value : candidates(parameter)) {
            if (parameter.isInput() && (value.equals(input) || chosen.containsValue(value))) {
                continue;
            }
            chosen.put(parameter.name(), value);
            Optional<Example> found = search(function, input, isLifetime, position + 1, chosen);
            if (found.isPresent()) {
                return found;
            }
            chosen.remove(parameter.name());
        }
        return Optional.empty();
    }

    private static List<String> candidates(Parameter parameter) {
        return switch (parameter.kind()) {
            case INPUT -> SECOND;
            case COUNT -> List.of("3", "1", "10", "100");
            case NUMBER -> List.of("0.95", "0.5", "2", "10", "-1");
            case DURATION -> List.of("10m", "1h", "1d", "1s");
        };
    }

    private boolean isAccepted() {
        List<ValueType> types = new ArrayList<>();
        if (!input.equals(EVENTS)) {
            types.add(type(input));
        }
        TreeMap<String, String> texts = new TreeMap<>();
        for (Parameter parameter : function.parameters()) {
            String text = arguments.getOrDefault(
                    parameter.name(), parameter.otherwise().orElse(""));
            if (parameter.isInput()) {
                types.add(type(text));
            } else {
                texts.put(parameter.name(), text);
            }
        }
        try {
            function.bind(new Call(types, texts, isLifetime ? OptionalLong.empty() : OptionalLong.of(HOUR)));
            return true;
        } catch (RefusedCallException e) {
            return false;
        }
    }

    private static ValueType type(String field) {
        ValueType type = FIELDS.get(field);
        if (type == null) {
            throw new IllegalStateException("No field of the examples: " + field);
        }
        return type;
    }

    /** The line in {@code features}: {@code amount_top_k: {top_k: amount, k: 3, windows: [1h]}}. */
    public String yaml() {
        boolean isOfEvents = input.equals(EVENTS);
        StringBuilder line = new StringBuilder();
        line.append(isOfEvents ? "events" : input).append('_').append(function.label());
        line.append(": {").append(function.label()).append(": ").append(isOfEvents ? "\"*\"" : input);
        arguments.forEach(
                (name, value) -> line.append(", ").append(name).append(": ").append(value));
        return line.append(", windows: [")
                .append(isLifetime ? "lifetime" : "1h")
                .append("]}")
                .toString();
    }
}
