/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import io.freshet.definition.Column;
import io.freshet.definition.DriftLimits;
import io.freshet.definition.Emit;
import io.freshet.definition.FeatureView;
import io.freshet.definition.FeatureView.NonFinite;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.expression.Expression;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Orders of a shop: events with a field of every type. */
final class Orders {

    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Order", "namespace": "shop", "fields": [
              {"name": "time", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "customer", "type": ["null", "string"]},
              {"name": "items", "type": "int"},
              {"name": "points", "type": "long", "aliases": ["loyalty"]},
              {"name": "weight", "type": "float"},
              {"name": "discount", "type": ["null", "double"]},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
              {"name": "tax", "type": {"type": "fixed", "name": "Tax", "size": 4,
                                       "logicalType": "decimal", "precision": 9, "scale": 4}},
              {"name": "gift", "type": "boolean"},
              {"name": "status", "type": {"type": "enum", "name": "Status", "symbols": ["NEW", "PAID"]}},
              {"name": "shipped", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "due", "type": {"type": "int", "logicalType": "date"}},
              {"name": "place", "type": ["null", {"type": "record", "name": "Place", "fields": [
                {"name": "country", "type": ["null", "string"]}]}]},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "blanks", "type": {"type": "array", "items": "null"}},
              {"name": "notes", "type": {"type": "map", "values": "string"}},
              {"name": "parent", "type": ["null", "Order"]}
            ]}""");

    private static final Map<String, ValueType> VARIABLES = Map.of(
            "event.items", ValueType.LONG,
            "event.points", ValueType.LONG,
            "event.discount", ValueType.DOUBLE,
            "event.gift", ValueType.BOOLEAN,
            "event.place.country", ValueType.STRING);

    private Orders() {}

    static GenericRecord order() {
        GenericRecord order = new GenericData.Record(SCHEMA);
        order.put("time", 1_442_018_818_771_999L);
        order.put("customer", "ann");
        order.put("items", 3);
        order.put("points", 7L);
        order.put("weight", 0.5f);
        order.put("discount", 0.25);
        order.put("price", java.nio.ByteBuffer.wrap(new byte[] {4, (byte) 0xE2}));
        order.put("tax", new GenericData.Fixed(SCHEMA.getField("tax").schema(), new byte[] {-1, -1, -1, -1}));
        order.put("gift", false);
        order.put("status", new GenericData.EnumSymbol(SCHEMA.getField("status").schema(), "PAID"));
        order.put("due", -1);
        order.put("place", place("FR"));
        order.put("tags", List.of("a", "b"));
        order.put("blanks", List.of());
        order.put("notes", Map.of("colour", "red"));
        return order;
    }

    static GenericRecord place(String country) {
        GenericRecord place = new GenericData.Record(
                SCHEMA.getField("place").schema().getTypes().get(1));
        place.put("country", country);
        return place;
    }

    static Expression expression(String text) {
        try {
            return Expression.compile(text, VARIABLES);
        } catch (InvalidExpressionException e) {
            throw new AssertionError(text, e);
        }
    }

    /** By customer and country; inputs: discount, points / items; one filter: gift. */
    static ViewPlan plan(NonFinite nonFinite, Optional<Expression> where) {
        FeatureView.Source source = new FeatureView.Source(
                "orders", "Order", "time", Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1), nonFinite);
        FeatureView view = new FeatureView(
                "orders_of",
                1,
                "",
                "",
                List.of(source),
                List.of("customer", "place.country"),
                Optional.empty(),
                Emit.ON_EVENT,
                List.of(),
                List.of(),
                new FeatureView.Online(Optional.empty()),
                new FeatureView.History(Optional.empty()),
                Duration.ofSeconds(5),
                Optional.empty(),
                DriftLimits.DEFAULT,
                FeatureView.OnDemand.NONE);
        Column.Aggregate sum = Column.Aggregate.of("sum", 0, ValueType.DOUBLE, Column.Selection.where(0));
        return new ViewPlan(
                view,
                List.of(new ViewPlan.SourcePlan(
                        source,
                        SCHEMA,
                        new ViewPlan.Field(List.of("time"), ValueType.TIMESTAMP),
                        List.of(
                                new ViewPlan.Field(List.of("customer"), ValueType.STRING),
                                new ViewPlan.Field(List.of("place", "country"), ValueType.STRING)),
                        where,
                        List.of(
                                new ViewPlan.Field(List.of("discount"), ValueType.DOUBLE),
                                new ViewPlan.Formula(expression("event.points / event.items"))),
                        List.of(new ViewPlan.Condition(expression("event.gift"))))),
                List.of(new Column.Windowed("sum_1m", ValueType.DOUBLE, sum, new Window("1m", 60_000, 1_000))));
    }
}
