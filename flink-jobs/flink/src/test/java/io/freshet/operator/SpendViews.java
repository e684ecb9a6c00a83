/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import io.freshet.event.SelectedEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Views of payments as their author writes them, of all kinds of state, and events as each of them selects them. */
final class SpendViews {

    private static final String SCHEMA = """
            {"type": "record", "name": "Spend", "namespace": "test", "fields": [
              {"name": "card", "type": "string"},
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "amount", "type": "long"},
              {"name": "price", "type": "double"},
              {"name": "country", "type": ["null", "string"], "default": null}
            ]}""";

    /** What each feature is called in the views of tests. */
    static final String ALL = """
              spent: {sum: amount, windows: [10s, 1m, "5m/1m"]}
              payments: {count: "*", windows: [10s, 1m, lifetime]}
              most: {max: amount, windows: [1m]}
              prices: {sum: price, windows: [1m, 2m offset 1m]}
              deviation: {stddev: price, windows: [2m]}
              countries: {count_distinct: country, windows: [1m]}
              last: {last: country, windows: [2m]}
              large: {sum: amount, where: "event.amount > 50", windows: [1m]}
              by_country: {sum: amount, per: country, windows: [1m]}
              recent: {mean: price, last_events: 3, windows: [2m]}
              series: {count: "*", windows: ["3 x 20s"]}
            """;

    private SpendViews() {}

    /** The view of these features, lines of YAML. */
    static ViewPlan plan(String features, String... more) {
        String yaml = """
                view: spend
                source: {topic: spend, schema: Spend, event_time: time}
                entity: [card]
                %s
                features:
                %s""".formatted(String.join("\n", more), features);
        try {
            return ViewPlanner.plan("spend.yaml", yaml, new Schemas(Map.of("Spend", SCHEMA)));
        } catch (DefinitionException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An event, before a view selects what it needs of it. */
    record Spend(
            String card,
            long timeMillis,
            long offset,
            long amount,
            double price,
            @Nullable String country) {

        /** The event as that view sees it; of filters it may have {@code event.amount > 50} alone. */
        SelectedEvent selected(ViewPlan plan) {
            List<ViewPlan.Input> inputs = plan.sources().get(0).inputs();
            @Nullable Object[] values = new Object[inputs.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(((ViewPlan.Field) inputs.get(i)).name());
            }
            long filters = amount > 50 ? (1L << plan.sources().get(0).filters().size()) - 1 : 0;
            return new SelectedEvent(card, timeMillis, 0, offset, timeMillis + 5, filters, values, new byte[0]);
        }

        private @Nullable Object value(String field) {
            return switch (field) {
                case "amount" -> amount;
                case "price" -> price;
                case "country" -> country;
                default -> throw new IllegalArgumentException("No test sets " + field);
            };
        }
    }

    /** Spends of a few cards, each up to half a second later than the last, some of them out of order. */
    static final class Stream {
        private static final List<String> COUNTRIES = List.of("FR", "NL", "PL");

        private final Random random;
        private long nowMillis;
        private long offset;

        Stream(long seed, long nowMillis) {
            this.random = new Random(seed);
            this.nowMillis = nowMillis;
        }

        long nowMillis() {
            return nowMillis;
        }

        Spend next() {
            nowMillis += random.nextInt(500) + (random.nextInt(60) == 0 ? 90_000 : 0);
            long time = random.nextInt(8) == 0 ? nowMillis - random.nextInt(3_000) : nowMillis;
            String country = random.nextInt(5) == 0 ? null : Objects.requireNonNull(COUNTRIES.get(random.nextInt(3)));
            return new Spend(
                    "card" + random.nextInt(9), time, ++offset, random.nextInt(100), random.nextDouble(), country);
        }
    }
}
