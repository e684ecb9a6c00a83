/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.Column;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Layout;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.expression.ValueType;
import io.freshet.row.FeatureRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A view of some number of columns, half counts and half means, and rows of it: nine in ten values are there. */
final class LayoutData {

    private static final String SCHEMA = """
            {"type": "record", "name": "Payment", "fields": [
              {"name": "card", "type": "string"}, {"name": "amount", "type": "double"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}
            """;
    private static final List<String> WINDOWS = List.of("1m", "10m", "1h", "6h", "1d");
    private static final long AS_OF = 1_700_000_000_000L;
    private static final int SEED = 7;

    private LayoutData() {}

    /** The view; features a multiple of ten. */
    static ViewPlan view(int features, Layout layout) throws DefinitionException {
        return view("card_spending", features, layout);
    }

    /** The same by another name. */
    static ViewPlan view(String name, int features, Layout layout) throws DefinitionException {
        StringBuilder yaml =
                new StringBuilder("""
                view: %s
                source: {topic: t, schema: Payment, event_time: time}
                entity: [card]
                windows: %s
                online: {layout: %s}
                features:
                """.formatted(name, WINDOWS, layout.name().toLowerCase(Locale.ROOT)));
        for (int i = 0; i < features / WINDOWS.size(); i++) {
            yaml.append(
                    i % 2 == 0
                            ? "  payments_over_%d: {count: \"*\", where: \"event.amount > %d.0\"}\n".formatted(i, i)
                            : "  amount_mean_over_%d: {mean: amount, where: \"event.amount > %d.0\"}\n"
                                    .formatted(i, i));
        }
        return ViewPlanner.plan(name + ".yaml", yaml.toString(), new Schemas(Map.of("Payment", SCHEMA)));
    }

    static String entity(int number) {
        return "card-%08d".formatted(number);
    }

    /** Rows of entities from a number on, up to another. */
    static List<FeatureRow> rows(ViewPlan plan, int from, int to, long seq) {
        List<FeatureRow> rows = new ArrayList<>(to - from);
        for (int number = from; number < to; number++) {
            rows.add(row(plan, number, seq));
        }
        return rows;
    }

    private static FeatureRow row(ViewPlan plan, int number, long seq) {
        Random random = new Random(SEED + number);
        @Nullable Object[] values = new Object[plan.columns().size()];
        for (int i = 0; i < values.length; i++) {
            Column column = plan.columns().get(i);
            if (random.nextInt(10) > 0) {
                values[i] = column.type().equals(ValueType.LONG)
                        ? (Object) (long) random.nextInt(1_000)
                        : (Object) (random.nextInt(1_000_000) / 300.0);
            }
        }
        return new FeatureRow(entity(number), AS_OF + seq, AS_OF + seq, seq, Long.MIN_VALUE, AS_OF, values);
    }
}
