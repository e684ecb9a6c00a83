/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import io.freshet.event.AvroEncoder;
import io.freshet.event.RecordReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Purchases and refunds of customers, in two topics and of two schemas. */
final class ShopEvents {

    private static final String PURCHASE = """
            {"type": "record", "name": "Purchase", "namespace": "shop", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "customer", "type": "string"},
              {"name": "amount", "type": "long"},
              {"name": "ware", "type": "string"}]}""";
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
        return view(VIEW);
    }

    /** A view of other features over the same topics. */
    static ViewText view(String yaml) throws Exception {
        return ViewText.of("shopping.yaml", yaml, new Schemas(Map.of("Purchase", PURCHASE, "Refund", REFUND)));
    }

    static byte[] purchase(String customer, Instant time, int amount) throws Exception {
        return encode(purchase(customer, time, amount, "tea"));
    }

    static byte[] refund(String customer, Instant time, int amount) throws Exception {
        return encode(refundRecord(customer, time, amount));
    }

    static GenericRecord purchase(String customer, Instant time, int amount, String ware) throws Exception {
        return record(PURCHASE, Map.of("customer", customer, "time", time.toString(), "amount", amount, "ware", ware));
    }

    static GenericRecord refundRecord(String customer, Instant time, @Nullable Integer amount) throws Exception {
        Map<String, Object> fields = new HashMap<>(Map.of("customer", customer, "at", time.toString()));
        if (amount != null) {
            fields.put("amount", amount);
        }
        return record(REFUND, fields);
    }

    static byte[] encode(GenericRecord event) {
        return new AvroEncoder(event.getSchema()).encode(event);
    }

    private static GenericRecord record(String text, Map<String, Object> fields) throws Exception {
        return new RecordReader(new Schema.Parser().parse(text)).read(fields);
    }
}
