/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

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

    /** As of {@link io.freshet.client.ReaderOptions.Builder#staleAfter}: the time between two watermarks. */
    private static final Duration PUBLISHED_EVERY = Duration.ofSeconds(1);

    private final FreshetConfig config;
    private final String redisUri;
    private final Map<String, ViewText> texts = new LinkedHashMap<>();
    private final Map<String, ViewPlan> plans = new LinkedHashMap<>();

    ConsoleViews(FreshetConfig config, String redisUri, List<ViewText> views) {
        this.config = config;
        this.redisUri = redisUri;
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

    /** With user and password: never to be shown. */
    String redisUri() {
        return redisUri;
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

    /** How far a view's watermark may be behind before readers call its rows stale, ms. */
    static long staleAfterMillis(FeatureView view) {
        long trails = view.sources().stream()
                .mapToLong(source -> source.outOfOrderness().toMillis())
                .max()
                .orElse(0);
        return view.freshness().plus(PUBLISHED_EVERY).toMillis() + trails;
    }
}
