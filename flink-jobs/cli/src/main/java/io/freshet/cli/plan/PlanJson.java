/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.change.Change;
import io.freshet.change.Consent;
import io.freshet.change.Danger;
import io.freshet.change.Filling;
import io.freshet.change.ViewDiff;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A plan as one JSON object. */
public final class PlanJson {

    private PlanJson() {}

    /**
     * The object.
     *
     * @param given what was agreed to
     */
    public static ObjectNode of(JobPlan plan, Set<Consent> given) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("namespace", plan.namespace());
        json.put("job", plan.job().orElse(null));
        json.put("settings_changed", plan.settingsChange());
        ArrayNode views = json.putArray("views");
        plan.views().forEach(view -> views.add(view(view, plan)));
        ArrayNode topics = json.putArray("topics");
        for (TopicPlan topic : plan.topics()) {
            topics.addObject()
                    .put("topic", topic.topic())
                    .put("made", topic.isMade())
                    .put("what", topic.what());
        }
        ArrayNode dangers = json.putArray("unsafe");
        for (Danger danger : plan.dangers()) {
            dangers.addObject()
                    .put("what", danger.what())
                    .put("flag", danger.consent().option().orElse(null))
                    .put("agreed", given.contains(danger.consent()));
        }
        json.put("refused", !plan.refused(given).isEmpty());
        return json;
    }

    private static ObjectNode view(ViewDiff diff, JobPlan plan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("view", diff.view());
        json.put("kind", diff.kind().name().toLowerCase(Locale.ROOT));
        diff.before()
                .ifPresent(before -> json.put("version_before", before.view().version()));
        diff.now().ifPresent(now -> json.put("version", now.view().version()));
        ArrayNode changes = json.putArray("changes");
        diff.changes().forEach(change -> changes.add(change(change)));
        put(json, "state_kept", diff.kept());
        put(json, "state_dropped", diff.dropped());
        ArrayNode warming = json.putArray("warming");
        for (Filling filling : plan.job().isEmpty() ? List.<Filling>of() : diff.filling()) {
            ObjectNode column = warming.addObject().put("column", filling.column());
            boolean ends = filling.millis() != Long.MAX_VALUE;
            column.put(
                    "until",
                    ends
                            ? Instant.ofEpochMilli(plan.nowMillis() + filling.millis())
                                    .toString()
                            : null);
        }
        if (diff.kind() == ViewDiff.Kind.CHANGED && diff.hasNewColumns()) {
            json.put("backfill", "freshet backfill " + diff.view());
        }
        return json;
    }

    private static ObjectNode change(Change change) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (change instanceof Change.Property property) {
            json.put("changed", property.key()).put("before", property.before()).put("now", property.now());
        } else if (change instanceof Change.Added feature) {
            json.put("added", feature.name()).put("now", feature.definition());
            put(json, "columns", feature.columns());
        } else if (change instanceof Change.Removed feature) {
            json.put("removed", feature.name()).put("before", feature.definition());
            put(json, "columns", feature.columns());
        } else if (change instanceof Change.Redefined feature) {
            json.put("changed", feature.name()).put("before", feature.before()).put("now", feature.now());
            put(json, "columns_added", feature.added());
            put(json, "columns_removed", feature.removed());
            put(json, "columns_redefined", feature.redefined());
        }
        return json;
    }

    private static void put(ObjectNode json, String key, List<String> texts) {
        ArrayNode array = json.putArray(key);
        texts.forEach(array::add);
    }
}
