/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.row.OnlineKeys;
import io.freshet.window.SharedTiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An {@link Explanation} as one JSON object. */
public final class ExplainJson {

    private ExplainJson() {}

    /**
     * The object's fields.
     *
     * @param namespace prefix of the view's keys in Redis
     */
    public static Map<String, @Nullable Object> fields(Explanation of, String namespace) {
        FeatureView view = of.plan().view();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("view", view.name());
        fields.put("version", view.version());
        fields.put(
                "topics", view.sources().stream().map(FeatureView.Source::topic).toList());
        fields.put(
                "entity", of.plan().entity().stream().map(ExplainJson::entity).toList());
        fields.put("emit", view.emit().name().toLowerCase(Locale.ROOT));
        fields.put("key_prefix", OnlineKeys.rowPrefix(namespace, view.name()));
        fields.put("watermark_key", OnlineKeys.watermark(namespace, view.name()));
        fields.put("online_ttl_ms", view.online().ttl().map(Duration::toMillis).orElse(null));
        fields.put(
                "columns", of.plan().columns().stream().map(ExplainJson::column).toList());
        fields.put("shared_tiles", of.chains().stream().map(ExplainJson::chain).toList());
        fields.put(
                "expressions", of.formulas().stream().map(ExplainJson::formula).toList());
        List<Map<String, Object>> costs = new ArrayList<>();
        of.costs().forEach((rate, cost) -> {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("events_per_day", rate);
            each.putAll(cost.fields());
            costs.add(each);
        });
        fields.put("entity_costs", costs);
        of.measured().ifPresent(measured -> fields.put("measured", measured.fields()));
        return fields;
    }

    private static Map<String, Object> entity(ViewPlan.Field field) {
        return Map.of("field", field.name(), "type", field.type().toString());
    }

    private static Map<String, Object> column(Column column) {
        Window window = column.window();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", column.name());
        fields.put("type", column.type().toString());
        fields.put("window", window.label());
        if (column instanceof Column.Windowed windowed) {
            fields.put("function", windowed.aggregate().function());
            if (!window.isLifetime()) {
                fields.put("hop_ms", window.hopMillis());
            }
        } else if (column instanceof Column.Computed computed) {
            fields.put("reads", computed.expression().variables());
        }
        return fields;
    }

    private static Map<String, Object> chain(SharedTiles chain) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "edges",
                chain.edges().stream()
                        .map(edge -> Map.of("age_ms", edge.lengthMillis(), "hop_ms", edge.hopMillis()))
                        .toList());
        fields.put("lifetime", chain.keepsAll());
        fields.put("kept", chain.kept());
        fields.put("long_cells", chain.longCells());
        fields.put("object_cells", chain.objectCells());
        return fields;
    }

    private static Map<String, Object> formula(Explanation.Formula formula) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("of", formula.of());
        fields.put("text", formula.text());
        fields.put("compiled", formula.compiled());
        return fields;
    }
}
