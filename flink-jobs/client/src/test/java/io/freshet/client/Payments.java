/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.row.FeatureRow;
import io.freshet.row.OnlineFields;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two views of one shop: what cards did, and what happened in countries. */
final class Payments {

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"},
              {"name": "country", "type": "string"},
              {"name": "shop", "type": "long"},
              {"name": "amount", "type": "double"},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "place", "type": {"type": "array", "items": "double"}},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;

    private static final String CARDS = """
            view: cards
            version: 2
            source: {topic: t, schema: Payment, event_time: time, out_of_orderness: 4s}
            entity: [card]
            windows: [1h]
            features:
              n: {count: "*"}
              amount_mean: {mean: amount}
              price_sum: {sum: price}
              first_at: {first: time}
              country: {last: country}
              place: {vector_mean: place, dimension: 2}
              age: {time_since_last: "*"}
            derived:
              busy: "n_1h > 5"
            request: {amount: double, near: list<double>}
            on_demand:
              ratio: "request.amount / amount_mean_1h"
              likeness: "cosine(request.near, place_1h)"
              idle: "age_1h > 10000"
            freshness: 5s
            """;

    private static final String SHOPS = """
            view: shops
            source: {topic: t, schema: Payment, event_time: time}
            entity: [country, shop]
            windows: [1d]
            features:
              spent: {sum: amount}
            """;

    private Payments() {}

    static ViewPlan cards() throws DefinitionException {
        return plan(CARDS);
    }

    static ViewPlan shops() throws DefinitionException {
        return plan(SHOPS);
    }

    static ViewPlan plan(String yaml) throws DefinitionException {
        return ViewPlanner.plan("view.yaml", yaml, new Schemas(Map.of("Payment", SCHEMA)));
    }

    /** The fields of a row of either view. */
    static Map<String, String> fields(
            ViewPlan view, String entity, long asOf, long seq, long completeSince, @Nullable Object... values) {
        return new OnlineFields(view).of(new FeatureRow(entity, asOf, asOf + 3, seq, completeSince, asOf, values));
    }
}
