/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.OnlineStore;
import io.freshet.client.OnlineReader;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.job.KafkaSettings;
import io.freshet.server.Refusal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The views that are shown, and where what is asked of them is. */
final class ConsoleViews {

    private final FreshetConfig config;
    private final Map<String, ViewText> texts = new LinkedHashMap<>();
    private final Map<String, ViewPlan> plans = new LinkedHashMap<>();

    ConsoleViews(FreshetConfig config, List<ViewText> views) {
        this.config = config;
        for (ViewText text : views) {
            ViewPlan plan = text.plan();
            texts.put(plan.view().name(), text);
            plans.put(plan.view().name(), plan);
        }
    }

    FreshetConfig config() {
        return config;
    }

    String namespace() {
        return config.namespace();
    }

    /** A connection to the online store, on which answers take so long at most. */
    OnlineReader online(Duration limit) {
        return OnlineReader.connect(OnlineStore.options(config, limit));
    }

    /** Settings of a client of Kafka that gives up in time for somebody who waits. */
    Properties kafka() {
        Properties kafka = KafkaSettings.of(config);
        kafka.putIfAbsent("default.api.timeout.ms", "8000");
        kafka.putIfAbsent("request.timeout.ms", "4000");
        return kafka;
    }

    List<ViewPlan> plans() {
        return List.copyOf(plans.values());
    }

    /** The plan of a view; a refusal where there is none. */
    ViewPlan plan(String view) {
        ViewPlan plan = plans.get(view);
        if (plan == null) {
            throw Refusal.of(404, "unknown_view", "Unknown view '" + view + "'")
                    .help("Known: " + String.join(", ", plans.keySet()));
        }
        return plan;
    }

    /** A view as it is written; a refusal where there is none. */
    ViewText text(String view) {
        plan(view);
        ViewText text = texts.get(view);
        if (text == null) {
            throw new IllegalStateException("A view that has a plan has a text: " + view);
        }
        return text;
    }

    /** How far a view's watermark may be behind before readers call its rows stale, ms: as {@code freshet serve} has it. */
    long staleAfterMillis(FeatureView view) {
        return config.serve().staleAfter().orElseGet(view::staleAfter).toMillis();
    }
}
