/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.cluster.JobMetrics;
import io.freshet.cli.cluster.Offsets;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineStoreException;
import io.freshet.console.Overview;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.history.KafkaRefusal;
import io.freshet.rest.Checkpoints;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobDetail;
import io.freshet.rest.JobSummary;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Asks Flink, Kafka and Redis how the job and its views are, over connections that stay. Used by one thread at a time. */
final class OverviewReader implements AutoCloseable {

    private static final Duration REDIS_LIMIT = Duration.ofSeconds(3);

    private final ConsoleViews views;
    private final FlinkRest flink;
    private final Deployment deployment;
    private @Nullable Offsets offsets;
    private @Nullable OnlineReader online;

    OverviewReader(ConsoleViews views) {
        this.views = views;
        flink = new FlinkRest(views.config().flink().rest());
        deployment = new Deployment(flink, views.namespace(), step -> {});
    }

    /** What Flink tells of the job; metrics are null where none is known to run. */
    private record Seen(
            Overview.@Nullable Job job, @Nullable JobMetrics metrics) {}

    /** As it is now: what cannot be asked is told in a note and is not known. */
    Overview read() {
        List<String> notes = new ArrayList<>();
        Seen seen = job(notes);
        Map<String, OptionalLong> watermarks = watermarks(notes);
        Map<String, OptionalLong> lags = new HashMap<>();
        Optional<Long> letters = kafka(lags, notes);
        long now = System.currentTimeMillis();
        List<Overview.View> all = views.plans().stream()
                .map(plan -> view(
                        plan.view(),
                        now,
                        seen.metrics(),
                        watermarks.getOrDefault(plan.view().name(), OptionalLong.empty()),
                        lags.getOrDefault(plan.view().name(), OptionalLong.empty())))
                .toList();
        return new Overview(now, views.namespace(), seen.job(), letters.orElse(null), notes, all);
    }

    private Seen job(List<String> notes) {
        try {
            Optional<JobSummary> found = deployment.job();
            if (found.isEmpty()) {
                return new Seen(null, null);
            }
            JobSummary job = found.get();
            JobDetail detail = flink.job(job.id());
            Checkpoints checkpoints = flink.checkpoints(job.id());
            Optional<Overview.Failure> failure = flink.failures(job.id()).stream()
                    .findFirst()
                    .map(each -> new Overview.Failure(each.atMillis(), each.reason()));
            return new Seen(
                    new Overview.Job(
                            job.id(),
                            job.state(),
                            detail.allRun(),
                            job.startedAtMillis(),
                            detail.parallelism(),
                            checkpoints.completed(),
                            checkpoints.failed(),
                            checkpoints
                                    .last()
                                    .map(Checkpoints.Last::completedAtMillis)
                                    .orElse(null),
                            checkpoints.last().map(Checkpoints.Last::bytes).orElse(null),
                            failure.orElse(null)),
                    JobMetrics.of(flink, job.id(), detail));
        } catch (FlinkRestException e) {
            notes.add(String.valueOf(e.getMessage()));
            return new Seen(null, null);
        }
    }

    private Map<String, OptionalLong> watermarks(List<String> notes) {
        Map<String, OptionalLong> watermarks = new HashMap<>();
        try {
            OnlineReader reader = online;
            if (reader == null) {
                reader = views.online(REDIS_LIMIT);
                online = reader;
            }
            for (ViewPlan plan : views.plans()) {
                watermarks.put(plan.view().name(), reader.read(plan, List.of()).watermarkMillis());
            }
        } catch (OnlineStoreException e) {
            notes.add(String.valueOf(e.getMessage()));
        }
        return watermarks;
    }

    /** Fills in how many events wait; gives how many were put aside. */
    private Optional<Long> kafka(Map<String, OptionalLong> lags, List<String> notes) {
        OptionalLong letters;
        try {
            letters = offsets().size(TopicNames.deadLetters(views.namespace()));
        } catch (CommandFailedException e) {
            notes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (KafkaException e) {
            notes.add("Cannot ask Kafka at " + views.config().kafka().bootstrap() + " for offsets: "
                    + KafkaRefusal.reason(e));
            return Optional.empty();
        }
        for (ViewPlan plan : views.plans()) {
            try {
                if (!plan.view().isOverFiles()) {
                    lags.put(plan.view().name(), lag(offsets(), plan.view()));
                }
            } catch (CommandFailedException e) {
                // A topic that is not there yet: the others may be.
                notes.add("View '" + plan.view().name() + "': " + e.getMessage());
            }
        }
        return letters.isPresent() ? Optional.of(letters.getAsLong()) : Optional.empty();
    }

    private Offsets offsets() {
        Offsets known = offsets;
        if (known == null) {
            known = new Offsets(views.kafka());
            offsets = known;
        }
        return known;
    }

    private OptionalLong lag(Offsets asked, FeatureView view) throws CommandFailedException {
        long lag = 0;
        for (FeatureView.Source source : view.sources()) {
            OptionalLong ofTopic = asked.lag(views.namespace(), source.topic());
            if (ofTopic.isEmpty()) {
                return ofTopic;
            }
            lag += ofTopic.getAsLong();
        }
        return OptionalLong.of(lag);
    }

    private Overview.View view(
            FeatureView view, long now, @Nullable JobMetrics metrics, OptionalLong watermark, OptionalLong lag) {
        String name = view.name();
        String status = watermark.isEmpty()
                ? "unknown"
                : now - watermark.getAsLong() > views.staleAfterMillis(view) ? "stale" : "fresh";
        return new Overview.View(
                name,
                view.version(),
                view.description(),
                view.owner(),
                view.isOverFiles(),
                status,
                boxed(watermark),
                watermark.isEmpty() ? null : now - watermark.getAsLong(),
                view.freshness().toMillis(),
                metric(metrics, name, "rows_per_second"),
                count(metrics, name, "rows_out"),
                metric(metrics, name, "freshness_median"),
                metric(metrics, name, "freshness_p99"),
                boxed(lag),
                count(metrics, name, "late"));
    }

    private static @Nullable Double metric(@Nullable JobMetrics metrics, String view, String name) {
        OptionalDouble value = metrics == null ? OptionalDouble.empty() : metrics.of(view, name);
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private static @Nullable Long count(@Nullable JobMetrics metrics, String view, String name) {
        Double value = metric(metrics, view, name);
        return value == null ? null : (Long) Math.round(value);
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    @Override
    public void close() {
        if (offsets != null) {
            offsets.close();
        }
        if (online != null) {
            online.close();
        }
    }
}
