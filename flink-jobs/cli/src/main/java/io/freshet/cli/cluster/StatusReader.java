/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.cli.CommandFailedException;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineStoreException;
import io.freshet.client.ReaderOptions;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.job.KafkaSettings;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobDetail;
import io.freshet.rest.JobSummary;
import io.freshet.sink.TopicNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Asks Flink, Kafka and Redis how a job is doing. Where one of the stores does not answer, the rest is told. */
public final class StatusReader {

    private final FreshetConfig config;
    private final ReaderOptions online;
    private final FlinkRest flink;
    private final Consumer<String> warnings;

    /**
     * A reader.
     *
     * @param online how to read the online store
     * @param warnings told what could not be asked
     */
    public StatusReader(FreshetConfig config, ReaderOptions online, FlinkRest flink, Consumer<String> warnings) {
        this.config = config;
        this.online = online;
        this.flink = flink;
        this.warnings = warnings;
    }

    /** How a job is doing that computes these views. */
    public DeploymentStatus read(JobSummary job, List<ViewPlan> views) throws FlinkRestException {
        JobDetail detail = flink.job(job.id());
        JobMetrics metrics = JobMetrics.of(flink, job.id(), detail);
        Map<String, OptionalLong> watermarks = watermarks(views);
        Map<String, OptionalLong> lags = new HashMap<>();
        OptionalLong letters = OptionalLong.empty();
        try (Offsets offsets = new Offsets(KafkaSettings.of(config))) {
            for (ViewPlan view : views) {
                lags.put(view.view().name(), lag(offsets, view.view()));
            }
            letters = offsets.size(TopicNames.deadLetters(config.namespace()));
        } catch (CommandFailedException e) {
            warnings.accept(String.valueOf(e.getMessage()));
        }
        List<ViewStatus> statuses = new ArrayList<>();
        for (ViewPlan plan : views) {
            FeatureView view = plan.view();
            String name = view.name();
            statuses.add(new ViewStatus(
                    name,
                    view.version(),
                    metrics.count(name, "rows_out"),
                    metrics.of(name, "rows_per_second"),
                    lags.getOrDefault(name, OptionalLong.empty()),
                    metrics.of(name, "freshness_median"),
                    metrics.of(name, "freshness_p99"),
                    view.freshness().toMillis(),
                    watermarks.getOrDefault(name, OptionalLong.empty()),
                    metrics.count(name, "late")));
        }
        return new DeploymentStatus(
                job,
                detail.allRun(),
                detail.parallelism(),
                flink.overview(),
                flink.checkpoints(job.id()),
                flink.failures(job.id()).stream().findFirst(),
                statuses,
                letters);
    }

    private OptionalLong lag(Offsets offsets, FeatureView view) throws CommandFailedException {
        long lag = 0;
        for (FeatureView.Source source : view.sources()) {
            OptionalLong ofTopic = offsets.lag(config.namespace(), source.topic());
            if (ofTopic.isEmpty()) {
                return ofTopic;
            }
            lag += ofTopic.getAsLong();
        }
        return OptionalLong.of(lag);
    }

    private Map<String, OptionalLong> watermarks(List<ViewPlan> views) {
        Map<String, OptionalLong> watermarks = new LinkedHashMap<>();
        try (OnlineReader reader = OnlineReader.connect(online)) {
            for (ViewPlan view : views) {
                watermarks.put(view.view().name(), reader.read(view, List.of()).watermarkMillis());
            }
        } catch (OnlineStoreException e) {
            warnings.accept(String.valueOf(e.getMessage()));
        }
        return watermarks;
    }
}
