/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of a feature, made from the functions there are, as maps and lists. It stands in
 * {@code feature-view.schema.json} below {@code $defs}; what it refers to stands there, too.
 */
public final class FeatureJsonSchema {

    private FeatureJsonSchema() {}

    /** The schema of a feature: one alternative for each function, which knows no other function's parameters. */
    public static Map<String, Object> of(Collection<FeatureFunction> functions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", "One function with its input, and what it counts");
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
        common().forEach((name, schema) -> properties.putIfAbsent(name, schema));
        Map<String, Object> alternative = new LinkedHashMap<>();
        alternative.put("title", function.label());
        alternative.put("required", required);
        alternative.put("properties", properties);
        alternative.put("additionalProperties", false);
        alternative.put("dependentRequired", Map.of(FeatureParser.CATEGORIES, List.of(FeatureParser.PER)));
        return alternative;
    }

    private static Map<String, Object> input(FeatureFunction function) {
        String form = function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS ? "inputOrEvents" : "input";
        return reference(
                form,
                function.description().summary() + ". Of nothing: "
                        + function.description().ofNothing() + ".");
    }

    private static Map<String, Object> value(Parameter parameter) {
        Map<String, Object> schema = switch (parameter.kind()) {
            case INPUT -> reference("input", parameter.summary());
            case DURATION -> reference("positiveDuration", parameter.summary());
            case COUNT -> count(parameter.summary(), Integer.MAX_VALUE);
            case NUMBER -> number(parameter.summary());
        };
        boolean isNumber = parameter.kind() == Parameter.Kind.COUNT || parameter.kind() == Parameter.Kind.NUMBER;
        parameter.otherwise().ifPresent(text -> schema.put("default", isNumber ? new BigDecimal(text) : text));
        return schema;
    }

    private static Map<String, Object> common() {
        Map<String, Object> common = new LinkedHashMap<>();
        Map<String, Object> where = described("CEL over the event; only events count for which it is true");
        where.put("type", "string");
        common.put(FeatureParser.WHERE, where);
        common.put(FeatureParser.WINDOWS, new LinkedHashMap<>(Map.of("$ref", "#/$defs/windows")));
        common.put(
                FeatureParser.PER, reference("input", "Tells categories apart: the column is a map, a value for each"));
        Map<String, Object> categories =
                count("How many categories a window may hold; needs 'per'", FeatureParser.MOST_CATEGORIES);
        categories.put("default", FeatureParser.DEFAULT_CATEGORIES);
        common.put(FeatureParser.CATEGORIES, categories);
        common.put(
                FeatureParser.LATEST,
                count("Only so many events count, the latest of each window", FeatureParser.MOST_LATEST));
        return common;
    }

    /** A whole number; YAML may quote it. */
    private static Map<String, Object> count(String description, int most) {
        Map<String, Object> schema = described(description);
        schema.put("type", List.of("integer", "string"));
        schema.put("minimum", 1);
        if (most < Integer.MAX_VALUE) {
            schema.put("maximum", most);
        }
        schema.put("pattern", "^(?=0*[1-9])[0-9]{1,9}$");
        return schema;
    }

    private static Map<String, Object> number(String description) {
        Map<String, Object> schema = described(description);
        schema.put("type", List.of("number", "string"));
        schema.put("pattern", "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?$");
        return schema;
    }

    private static Map<String, Object> reference(String definition, String description) {
        Map<String, Object> schema = described(description);
        schema.put("$ref", "#/$defs/" + definition);
        return schema;
    }

    private static Map<String, Object> described(String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        return schema;
    }
}
