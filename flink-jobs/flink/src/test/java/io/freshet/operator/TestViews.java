/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.Column;
import io.freshet.definition.DriftLimits;
import io.freshet.definition.Emit;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.expression.Expression;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** Views for tests: a number of payments and their sum over ten seconds and a minute, and the share of the two. */
public final class TestViews {

    static final Window TEN_SECONDS = new Window("10s", 10_000, 1_000);
    static final Window MINUTE = new Window("1m", 60_000, 1_000);

    private TestViews() {}

    /** The view of payments, applied on arrival. */
    public static ViewPlan payments() {
        return payments(Emit.ON_EVENT);
    }

    static ViewPlan paymentsOnWatermark() {
        return payments(Emit.ON_WATERMARK);
    }

    private static ViewPlan payments(Emit emit) {
        return plan(emit, List.of(count("count_10s", TEN_SECONDS), sum("sum_10s", TEN_SECONDS), sum("sum_1m", MINUTE)));
    }

    private static Column.Windowed count(String name, Window window) {
        return new Column.Windowed(
                name, ValueType.LONG, Column.Aggregate.ofEvents("count", Column.Selection.ALL), window);
    }

    private static Column.Windowed sum(String name, Window window) {
        return new Column.Windowed(
                name, ValueType.LONG, Column.Aggregate.of("sum", 0, ValueType.LONG, Column.Selection.ALL), window);
    }

    private static ViewPlan plan(Emit emit, List<Column> windowed) {
        Schema schema = SchemaBuilder.record("Payment")
                .namespace("test")
                .fields()
                .requiredString("card")
                .name("time")
                .type(org.apache.avro.LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
                .noDefault()
                .requiredLong("amount")
                .endRecord();
        FeatureView.Source source = new FeatureView.Source(
                "payments",
                "Payment",
                "time",
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                FeatureView.NonFinite.SKIP);
        FeatureView view = new FeatureView(
                "card_spend",
                1,
                "",
                "",
                List.of(source),
                List.of("card"),
                Optional.empty(),
                emit,
                List.of(),
                List.of(),
                new FeatureView.Online(Optional.of(Duration.ofDays(1))),
                new FeatureView.History(Optional.of(Duration.ofDays(90))),
                Duration.ofSeconds(5),
                Optional.empty(),
                DriftLimits.DEFAULT,
                FeatureView.OnDemand.NONE);
        return new ViewPlan(
                view,
                List.of(new ViewPlan.SourcePlan(
                        source,
                        schema,
                        new ViewPlan.Field(List.of("time"), ValueType.TIMESTAMP),
                        List.of(new ViewPlan.Field(List.of("card"), ValueType.STRING)),
                        Optional.empty(),
                        List.of(new ViewPlan.Field(List.of("amount"), ValueType.LONG)),
                        List.of())),
                withDoubled(windowed));
    }

    private static List<Column> withDoubled(List<Column> windowed) {
        String first = windowed.get(0).name();
        try {
            Expression doubled = Expression.compile(first + " * 2", Map.of(first, ValueType.LONG));
            List<Column> columns = new java.util.ArrayList<>(windowed);
            columns.add(new Column.Computed(
                    "doubled", ValueType.LONG, doubled, windowed.get(0).window()));
            return columns;
        } catch (InvalidExpressionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A payment; its offset is its time. */
    public static SelectedEvent payment(String card, long timeMillis, long amount) {
        return new SelectedEvent(
                card, timeMillis, 0, timeMillis, timeMillis + 5, 0, new Object[] {amount}, new byte[] {1, 2, 3});
    }
}
