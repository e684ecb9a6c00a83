/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.freshet.expression.Spelling;
import io.freshet.server.FeatureList.Naming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of {@code POST /get-online-features}: {@code features} ({@code view:feature}) or {@code feature_service},
 * {@code entities} (a list per column, all of one length; what the request says for on-demand features is further columns), and
 * {@code full_feature_names}. Source: {@code GetOnlineFeaturesRequest} in {@code sdk/python/feast/feature_server.py} of
 * github.com/feast-dev/feast.
 *
 * @param list the features
 * @param naming what they are called in the answer
 * @param entities for which entities
 */
record OnlineFeaturesRequest(FeatureList list, Naming naming, EntityColumns entities) {

    private static final List<String> KEYS = List.of("features", "feature_service", "entities", "full_feature_names");

    /** Decimals stay what they are. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /**
     * Reads a request.
     *
     * @param maxRows most entities
     * @throws Refusal if it is none
     */
    static OnlineFeaturesRequest parse(byte[] body, ServedViews views, int maxRows) {
        JsonNode root = json(body);
        FeatureList list = list(root, views);
        Naming naming = naming(root, list);
        return new OnlineFeaturesRequest(list, naming, EntityColumns.parse(root.path("entities"), list, maxRows));
    }

    private static JsonNode json(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Refusal.of(400, "bad_json", "The body is no JSON: " + e.getOriginalMessage())
                    .at(where);
        } catch (IOException e) {
            throw Refusal.of(400, "bad_json", "The body is no JSON: " + e.getMessage());
        }
        if (!root.isObject()) {
            throw Refusal.of(400, "bad_request", "The body is no JSON object")
                    .help("Expected {\"features\": [\"view:feature\"], \"entities\": {\"field\": [value]}}");
        }
        root.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key) && Spelling.nearest(key, KEYS).isPresent()) {
                throw Refusal.of(400, "unknown_key", "There is no key '" + key + "'")
                        .at(key)
                        .help(ServedViews.known(key, KEYS));
            }
        });
        return root;
    }

    private static FeatureList list(JsonNode root, ServedViews views) {
        JsonNode features = root.path("features");
        JsonNode service = root.path("feature_service");
        boolean named = !service.isMissingNode() && !service.isNull();
        boolean listed = !features.isMissingNode() && !features.isNull();
        if (named == listed) {
            throw Refusal.of(
                            400,
                            "no_features",
                            named ? "Both 'features' and 'feature_service' are given" : "No feature is asked for")
                    .help("Expected one of 'features', a list of view:feature, and 'feature_service'");
        }
        if (named) {
            return views.service(service.asText());
        }
        List<String> references = new ArrayList<>();
        if (!features.isArray()) {
            throw notAList("features", "references such as \"view:feature\"");
        }
        features.forEach(each -> references.add(each.asText()));
        return views.list(references);
    }

    private static Naming naming(JsonNode root, FeatureList list) {
        JsonNode full = root.path("full_feature_names");
        if (!full.isMissingNode() && !full.isBoolean()) {
            throw Refusal.of(400, "bad_request", "Cannot read " + full)
                    .at("full_feature_names")
                    .help("Expected true or false");
        }
        if (full.asBoolean()) {
            return Naming.FULL;
        }
        if (!list.ambiguous().isEmpty()) {
            throw Refusal.of(
                            400,
                            "ambiguous_names",
                            "Several views have a feature " + String.join(", ", list.ambiguous()))
                    .at("features")
                    .help("Set \"full_feature_names\": true, or ask view by view");
        }
        return Naming.SHORT;
    }

    static Refusal notAList(String where, String expected) {
        return Refusal.of(400, "bad_request", "'" + where + "' is no list")
                .at(where)
                .help("Expected " + expected);
    }
}
