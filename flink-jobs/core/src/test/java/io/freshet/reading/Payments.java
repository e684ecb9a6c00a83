/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import java.util.Map;

/** A view with features of all ways to be read. */
final class Payments {

    static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"},
              {"name": "country", "type": "string"},
              {"name": "amount", "type": "double"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;

    static final String VIEW = """
            view: payments
            source: {topic: t, schema: Payment, event_time: time}
            entity: [card]
            windows: [1h]
            features:
              n: {count: "*"}
              amount_mean: {mean: amount}
              age: {time_since_last: "*"}
              faded: {decayed_sum: amount, half_life: 1s}
              last_country: {last: country}
            derived:
              is_recent: "age_1h < 2000"
              twice: "n_1h * 2"
            request: {amount: double, country: string, hops: long, at: timestamp, near: list<double>}
            on_demand:
              ratio: "request.amount / amount_mean_1h"
              abroad: "request.country != last_country_1h"
              each: "n_1h / request.hops"
              beyond: "n_1h + request.hops"
              quick: "is_recent && request.amount > 100.0"
              rest: "faded_1h + request.amount"
              idle: "age_1h + 1"
              first: "amount_mean_1h == null ? request.amount : amount_mean_1h"
              hour: "now.getHours()"
              until: "request.at - now > duration('1s')"
              near: "cosine(request.near, [1.0, 0.0])"
            """;

    private Payments() {}

    static ViewPlan plan() throws DefinitionException {
        return plan(VIEW);
    }

    static ViewPlan plan(String yaml) throws DefinitionException {
        return ViewPlanner.plan("payments.yaml", yaml, new Schemas(Map.of("Payment", SCHEMA)));
    }
}
