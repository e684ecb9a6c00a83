/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewText;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import java.util.List;
import java.util.Map;

/**
 * A job, stated.
 *
 * @param config the settings
 * @param views the views it computes, checked together
 * @param range from where it reads without a checkpoint, and to where
 * @param availableAt from when a reader could have had a row
 * @param completeSince by topic, the event time since which it sees all events, ms: see {@link TopicPreflight#run}
 */
public record JobSpec(
        FreshetConfig config,
        List<ViewText> views,
        EventRange range,
        AvailableAt availableAt,
        Map<String, Long> completeSince) {

    public JobSpec {
        views = List.copyOf(views);
        completeSince = Map.copyOf(completeSince);
    }

    /**
     * Looks at Kafka and, where events need it, at the schema registry, makes the topics that the job writes, and states the job.
     *
     * @throws PreflightException if the job cannot start
     */
    public static JobSpec prepare(FreshetConfig config, List<ViewText> views, EventRange range, AvailableAt availableAt)
            throws PreflightException {
        RegistryPreflight.run(config, views);
        return new JobSpec(config, views, range, availableAt, TopicPreflight.run(config, views, range));
    }

    /** Event time since which all events of all topics of a view are seen, ms; now or later where nothing is known. */
    long completeSinceMillis(FeatureView view) {
        return view.sources().stream()
                .mapToLong(source -> completeSince.getOrDefault(source.topic(), Long.MAX_VALUE))
                .max()
                .orElse(Long.MAX_VALUE);
    }
}
