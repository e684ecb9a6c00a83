/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.definition.Column;
import io.freshet.definition.DriftLimits;
import io.freshet.definition.Emit;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.expression.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** A view of four columns over one minute. */
final class Orders {

    private static final Window MINUTE = new Window("1m", 60_000, 1_000);

    static final ViewPlan PLAN = new ViewPlan(
            view(),
            List.of(new ViewPlan.SourcePlan(
                    view().sources().get(0),
                    Schema.create(Schema.Type.STRING),
                    new ViewPlan.Field(List.of("time"), ValueType.TIMESTAMP),
                    List.of(new ViewPlan.Field(List.of("customer"), ValueType.STRING)),
                    Optional.empty(),
                    List.of(),
                    List.of())),
            List.of(
                    column("n_1m", "count", ValueType.LONG),
                    column("mean_1m", "mean", ValueType.DOUBLE),
                    column("sum_1m", "sum", ValueType.decimal(38, 2)),
                    column("last_1m", "last", ValueType.STRING)));

    /** Columns that age. */
    static final ViewPlan AGES = new ViewPlan(
            view(),
            PLAN.sources(),
            List.of(
                    column("since_1m", "time_since_last", ValueType.LONG),
                    faded("faded_1m"),
                    column("n_1m", "count", ValueType.LONG),
                    column("other_1m", "time_since_first", ValueType.LONG)));

    private Orders() {}

    private static Column column(String name, String function, ValueType type) {
        return new Column.Windowed(name, type, Column.Aggregate.of(function, 0, type, Column.Selection.ALL), MINUTE);
    }

    private static Column faded(String name) {
        Column.Aggregate aggregate = new Column.Aggregate(
                "decayed_sum",
                List.of(0),
                List.of(ValueType.DOUBLE),
                new TreeMap<>(Map.of("half_life", "10s")),
                Column.Selection.ALL,
                ValueType.LONG);
        return new Column.Windowed(name, ValueType.DOUBLE, aggregate, MINUTE);
    }

    private static FeatureView view() {
        return new FeatureView(
                "orders",
                2,
                "",
                "",
                List.of(new FeatureView.Source(
                        "t", "T", "time", Duration.ZERO, Duration.ZERO, Duration.ZERO, FeatureView.NonFinite.SKIP)),
                List.of("customer"),
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
    }
}
