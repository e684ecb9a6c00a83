/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.DriftLimits;
import io.freshet.definition.Emit;
import io.freshet.definition.FeatureView;
import io.freshet.definition.FeatureView.Text;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.expression.Expression;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.ValueType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A view with a column and a key field of every type, and rows of it at random. */
final class AllTypes {

    static final List<ValueType> TYPES = List.of(
            ValueType.LONG,
            ValueType.DOUBLE,
            ValueType.decimal(38, 3),
            ValueType.BOOLEAN,
            ValueType.STRING,
            ValueType.TIMESTAMP,
            ValueType.list(ValueType.decimal(38, 3)),
            ValueType.map(ValueType.DOUBLE));

    private static final List<ValueType> KEYS = List.of(
            ValueType.STRING,
            ValueType.TIMESTAMP,
            ValueType.LONG,
            ValueType.DOUBLE,
            ValueType.decimal(38, 3),
            ValueType.BOOLEAN);

    static final Window MINUTE = new Window("1m", 60_000, 1_000);
    static final Window HOUR = new Window("1h", 3_600_000, 60_000);

    private static final String LETTERS = "ab|\\,:é€\uD83D\uDE00 \n\0{}";

    private AllTypes() {}

    /** One column {@code last_<kind>_1m} of each type, a count over a lifetime, and their quotient. */
    static ViewPlan plan(int keyFields) {
        List<ViewPlan.Field> key = new ArrayList<>();
        for (int i = 0; i < keyFields; i++) {
            key.add(new ViewPlan.Field(List.of("key", "k" + i), KEYS.get(i % KEYS.size())));
        }
        List<Column> columns = new ArrayList<>();
        for (ValueType type : TYPES) {
            String name = "last_" + type.kind().name().toLowerCase(java.util.Locale.ROOT) + "_1m";
            columns.add(new Column.Windowed(
                    name, type, Column.Aggregate.of("last", 0, type, Column.Selection.ALL), MINUTE));
        }
        Column.Aggregate count = Column.Aggregate.ofEvents("count", Column.Selection.ALL);
        columns.add(new Column.Windowed("n_1h", ValueType.LONG, count, HOUR));
        columns.add(new Column.Windowed("n_lifetime", ValueType.LONG, count, Window.LIFETIME));
        columns.add(new Column.Computed("quotient", ValueType.LONG, quotient(), HOUR));
        return new ViewPlan(
                view(),
                List.of(new ViewPlan.SourcePlan(
                        view().sources().get(0),
                        Schema.create(Schema.Type.STRING),
                        new ViewPlan.Field(List.of("time"), ValueType.TIMESTAMP),
                        key,
                        Optional.empty(),
                        List.of(),
                        List.of())),
                columns);
    }

    static FeatureRow row(Random random, ViewPlan plan) {
        List<Object> key =
                plan.entity().stream().map(field -> value(random, field.type())).toList();
        @Nullable Object[] values = new Object[plan.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0
                    ? null
                    : value(random, plan.columns().get(i).type());
        }
        long asOf = random.nextLong() >> 16;
        long completeSince = random.nextBoolean() ? Long.MIN_VALUE : asOf - random.nextInt(5_000_000);
        return new FeatureRow(
                EntityKey.format(key),
                asOf,
                random.nextLong(),
                random.nextLong(),
                completeSince,
                random.nextLong(),
                values);
    }

    static Object value(Random random, ValueType type) {
        return switch (type.kind()) {
            case LONG, TIMESTAMP -> random.nextLong() >> random.nextInt(64);
            case DOUBLE -> random.nextInt(8) == 0 ? -0.0 : Double.longBitsToDouble(random.nextLong() >>> 2);
            case DECIMAL ->
                new BigDecimal(new BigInteger(random.nextInt(126), random), type.scale())
                        .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text(random);
            case LIST -> list(random, type.element());
            case MAP -> map(random, type.element());
        };
    }

    private static List<@Nullable Object> list(Random random, ValueType type) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            list.add(random.nextInt(4) == 0 ? null : value(random, type));
        }
        return list;
    }

    private static Map<String, Object> map(Random random, ValueType type) {
        Map<String, Object> map = new TreeMap<>();
        for (int size = random.nextInt(4); size > 0; size--) {
            map.put(text(random), value(random, type));
        }
        return map;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(6); length > 0; length--) {
            int[] points = LETTERS.codePoints().toArray();
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private static FeatureView view() {
        FeatureView.Feature count = new FeatureView.Feature(
                "n",
                List.of(),
                new FeatureView.FunctionCall("count", new Text("*", 1, 1), Map.of()),
                Optional.empty(),
                0,
                0,
                Optional.of(new Text("event.ok", 1, 1)),
                List.of(HOUR));
        return new FeatureView(
                "all_types",
                3,
                "",
                "",
                List.of(new FeatureView.Source(
                        "t", "T", "time", Duration.ZERO, Duration.ZERO, Duration.ZERO, FeatureView.NonFinite.SKIP)),
                List.of("k"),
                Optional.empty(),
                Emit.ON_EVENT,
                List.of(count),
                List.of(new FeatureView.Derived("quotient", new Text("n_lifetime / n_1h", 1, 1))),
                new FeatureView.Online(Optional.empty()),
                new FeatureView.History(Optional.empty()),
                Duration.ofSeconds(5),
                Optional.empty(),
                DriftLimits.DEFAULT,
                FeatureView.OnDemand.NONE);
    }

    private static Expression quotient() {
        try {
            return Expression.compile(
                    "n_lifetime / n_1h", Map.of("n_lifetime", ValueType.LONG, "n_1h", ValueType.LONG));
        } catch (InvalidExpressionException e) {
            throw new AssertionError(e);
        }
    }
}
