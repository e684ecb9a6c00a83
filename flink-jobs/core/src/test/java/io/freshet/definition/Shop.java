/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.Map;

/** A shop: purchases and refunds of customers in two topics. */
public final class Shop {

    public static final String VIEW = """
            view: shopping
            source:
              - {topic: shop.purchases, schema: Purchase, event_time: time}
              - {topic: shop.refunds, schema: Refund, event_time: at, out_of_orderness: 10s}
            entity: [customer]
            where: "event.amount > 0"
            windows: [1m]
            features:
              purchases: {count: "*", from: shop.purchases}
              refunded: {sum: amount, from: shop.refunds}
              movements: {count: "*"}
              amounts: {mean: event.amount}
              dear: {count: "*", where: "event.amount > 100"}
              wares: {last: ware, from: [shop.purchases], where: "event.ware != 'gift'"}
              both: {max: amount, from: [shop.refunds, shop.purchases]}
            """;

    private static final String HEAD = "{\"type\": \"record\", \"namespace\": \"shop\", \"name\": ";
    private static final String TIME = "\"type\": {\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}}, ";

    static final String PURCHASE = HEAD + """
            "Purchase", "fields": [{"name": "time", """ + TIME + """
            {"name": "customer", "type": ["null", "string"]}, {"name": "amount", "type": "long"},
            {"name": "ware", "type": "string"}, {"name": "weight", "type": "double"}, {"name": "shop", "type": "int"}]}""";

    static final String REFUND = HEAD + """
            "Refund", "fields": [{"name": "at", """ + TIME + """
            {"name": "amount", "type": "int"}, {"name": "customer", "type": "string"},
            {"name": "weight", "type": "long"}, {"name": "shop", "type": "string"},
            {"name": "rate", "type": ["null", "double"]}]}""";

    private Shop() {}

    public static Schemas schemas() {
        return new Schemas(Map.of("Purchase", PURCHASE, "Refund", REFUND));
    }

    /** A plan over the two topics. */
    public static ViewPlan plan(String yaml) throws DefinitionException {
        return ViewPlanner.plan("views/shopping.yaml", yaml, schemas());
    }
}
