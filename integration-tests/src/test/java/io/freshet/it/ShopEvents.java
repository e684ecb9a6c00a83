/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.RecordReader;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;

/** Purchases and refunds of customers, in two topics and of two schemas. */
final class ShopEvents {

    private static final String PURCHASE = """
            {"type": "record", "name": "Purchase", "namespace": "shop", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "customer", "type": "string"},
              {"name": "amount", "type": "long"}]}""";
    private static final String REFUND = """
            {"type": "record", "name": "Refund", "namespace": "shop", "fields": [
              {"name": "customer", "type": "string"},
              {"name": "amount", "type": ["null", "int"]},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}""";
    private static final String VIEW = """
            view: shopping
            source:
              - {topic: shop.purchases, schema: Purchase, event_time: time, out_of_orderness: 1s, idle_after: 1s}
              - {topic: shop.refunds, schema: Refund, event_time: at, out_of_orderness: 10s, idle_after: 1s}
            entity: [customer]
            windows: [1h]
            features:
              purchases: {count: "*", from: shop.purchases}
              refunds: {count: "*", from: shop.refunds}
              refunded: {sum: amount, from: shop.refunds}
              movements: {count: "*"}
              amounts: {mean: amount}
            """;

    private ShopEvents() {}

    static ViewText view() throws Exception {
        return ViewText.of("shopping.yaml", VIEW, new Schemas(Map.of("Purchase", PURCHASE, "Refund", REFUND)));
    }

    static byte[] purchase(String customer, Instant time, int amount) throws Exception {
        return encode(PURCHASE, Map.of("customer", customer, "time", time.toString(), "amount", amount));
    }

    static byte[] refund(String customer, Instant time, int amount) throws Exception {
        return encode(REFUND, Map.of("customer", customer, "at", time.toString(), "amount", amount));
    }

    private static byte[] encode(String text, Map<String, Object> fields) throws Exception {
        Schema schema = new Schema.Parser().parse(text);
        return new AvroEncoder(schema).encode(new RecordReader(schema).read(fields));
    }
}
