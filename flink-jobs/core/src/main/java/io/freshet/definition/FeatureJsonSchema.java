/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.function.FeatureFunction;
import io.freshet.function.FunctionPages;
import io.freshet.function.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of a feature, made from what the functions say of themselves, as maps and lists. It stands in
 * {@code feature-view.schema.json} below {@code $defs}; what it refers to stands there, too.
 */
public final class FeatureJsonSchema {

    private FeatureJsonSchema() {}

    /** The schema of a feature: one alternative for each function, which knows no other function's parameters. */
    public static Map<String, Object> of(Collection<FeatureFunction> functions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", "One function with its inputs, and what it counts");
        schema.put(
                "oneOf", functions.stream().map(FeatureJsonSchema::alternative).toList());
        return schema;
    }

    private static Map<String, Object> alternative(FeatureFunction function) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        required.add(function.label());
        properties.put(function.label(), input(function));
        for (Parameter parameter : function.parameters()) {
            properties.put(parameter.name(), value(parameter));
            if (parameter.otherwise().isEmpty()) {
                required.add(parameter.name());
            }
        }
        FeatureParser.COMMON.forEach(name -> properties.putIfAbsent(name, reference(name)));
        Map<String, Object> alternative = new LinkedHashMap<>();
        alternative.put("title", function.label());
        alternative.put("properties", properties);
        alternative.put("required", required);
        alternative.put("dependentRequired", Map.of(FeatureParser.CATEGORIES, List.of(FeatureParser.PER)));
        alternative.put("additionalProperties", false);
        return alternative;
    }

    private static Map<String, Object> input(FeatureFunction function) {
        boolean takesEvents = function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS;
        return described(
                function.description().summary() + "; of nothing: "
                        + function.description().ofNothing(),
                takesEvents ? "inputOrEvents" : "input");
    }

    private static Map<String, Object> value(Parameter parameter) {
        String type = switch (parameter.kind()) {
            case INPUT -> "input";
            case COUNT -> "count";
            case NUMBER -> "number";
            case DURATION -> "positiveDuration";
        };
        Map<String, Object> schema = described(FunctionPages.parameter(parameter), type);
        boolean isNumber = parameter.kind() == Parameter.Kind.COUNT || parameter.kind() == Parameter.Kind.NUMBER;
        parameter.otherwise().ifPresent(text -> schema.put("default", isNumber ? new BigDecimal(text) : text));
        return schema;
    }

    private static Map<String, Object> described(String description, String definition) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        schema.putAll(reference(definition));
        return schema;
    }

    private static Map<String, Object> reference(String definition) {
        return Map.of("$ref", "#/$defs/" + definition);
    }
}
