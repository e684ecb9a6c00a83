/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.function.FeatureFunction;
import io.freshet.function.FunctionPages;
import io.freshet.function.Functions;
import io.freshet.function.Parameter;

/** The part of the views' JSON Schema that tells of functions, made from what they say of themselves. */
final class FeatureSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private FeatureSchema() {}

    /** A feature is one of the functions, with its own parameters. */
    static ObjectNode feature() {
        ObjectNode feature = JSON.createObjectNode();
        feature.put("type", "object");
        feature.put("description", "One function with its inputs, and what it counts");
        ArrayNode alternatives = feature.putArray("oneOf");
        for (FeatureFunction function : Functions.all().functions()) {
            alternatives.add(alternative(function));
        }
        return feature;
    }

    private static ObjectNode alternative(FeatureFunction function) {
        ObjectNode alternative = JSON.createObjectNode();
        ObjectNode properties = alternative.putObject("properties");
        property(properties, function.label(), function.description().summary(), "input");
        ArrayNode required = alternative.putArray("required").add(function.label());
        for (Parameter parameter : function.parameters()) {
            String type = switch (parameter.kind()) {
                case INPUT -> "input";
                case COUNT -> "count";
                case NUMBER -> "number";
                case DURATION -> "positiveDuration";
            };
            property(properties, parameter.name(), FunctionPages.parameter(parameter), type);
            if (parameter.otherwise().isEmpty()) {
                required.add(parameter.name());
            }
        }
        for (String common : new String[] {"from", "where", "windows", "per", "max_categories", "last_events"}) {
            properties.putObject(common).put("$ref", "#/$defs/" + common);
        }
        alternative.put("additionalProperties", false);
        return alternative;
    }

    private static void property(ObjectNode properties, String name, String description, String type) {
        properties.putObject(name).put("description", description).put("$ref", "#/$defs/" + type);
    }
}
