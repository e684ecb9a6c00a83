/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.operator.AvailableAt;
import io.freshet.operator.CacheSize;
import io.freshet.operator.CoalesceOperator;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.SerializedType;
import io.freshet.operator.WindowOperator;
import io.freshet.operator.WindowSettings;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowOrigin;
import io.freshet.sink.KafkaSinks;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.RedisSink;
import io.freshet.source.DeadLetters;
import io.freshet.source.EventSource;
import io.freshet.source.SelectFunction;
import io.freshet.source.SourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The streaming job: one source per topic; per view select, windows and both sinks; dead letters of all. */
public final class FeatureJob {

    private static final TypeInformation<DeadLetter> LETTERS =
            new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    private static final OutputTag<DeadLetter> REFUSED = new OutputTag<>("refused", LETTERS);
    private static final OutputTag<DeadLetter> LATE = new OutputTag<>("late", LETTERS);

    private final JobSpec spec;
    private final FreshetConfig config;
    private final List<DataStream<DeadLetter>> letters = new ArrayList<>();

    private FeatureJob(JobSpec spec) {
        this.spec = spec;
        this.config = spec.config();
    }

    /**
     * Puts the job together in an environment; the caller executes it.
     *
     * @param env where it will run; its settings are set to what the job needs
     * @param spec the job
     */
    public static void assemble(StreamExecutionEnvironment env, JobSpec spec) {
        JobSettings.apply(spec.config(), env);
        FeatureJob job = new FeatureJob(spec);
        job.byTopic().forEach((topic, views) -> job.topic(env, topic, views));
        job.letters.stream().reduce((some, more) -> some.union(more)).ifPresent(job::putAside);
    }

    /**
     * Runs the job of a folder of views on the cluster it is submitted to: {@code flink run freshet-flink-job.jar}.
     *
     * @param arguments see {@link JobArguments#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        JobArguments given = JobArguments.read(arguments, System.getenv());
        JobSpec spec = JobSpec.prepare(given.config(), given.views(), given.range(), new AvailableAt.Live());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assemble(env, spec);
        env.execute("freshet " + given.config().namespace());
    }

    private Map<String, List<ViewText>> byTopic() {
        Map<String, List<ViewText>> topics = new LinkedHashMap<>();
        for (ViewText view : spec.views()) {
            topics.computeIfAbsent(view.plan().view().source().topic(), topic -> new ArrayList<>())
                    .add(view);
        }
        return topics;
    }

    private void topic(StreamExecutionEnvironment env, String topic, List<ViewText> views) {
        ViewText any = views.get(0);
        FeatureView.Source source = any.plan().view().source();
        SingleOutputStreamOperator<SourceRecord> events = env.fromSource(
                        EventSource.of(config.kafka(), config.namespace(), any::plan, spec.range()),
                        EventSource.watermarks(source, spec.range()),
                        "events " + topic)
                .uid("source-" + topic);
        letters.add(events.flatMap(new DeadLetters())
                .returns(LETTERS)
                .name("refused " + topic)
                .uid("refused-" + topic));
        views.forEach(view -> view(events, topic, view));
    }

    private void view(SingleOutputStreamOperator<SourceRecord> events, String topic, ViewText text) {
        PlanSource plan = text::plan;
        String view = plan.plan().view().name();
        SingleOutputStreamOperator<SelectedEvent> selected = events.process(new SelectFunction(plan, REFUSED))
                .returns(new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(plan.plan())))
                .name("select " + view)
                .uid("select-" + view);
        CacheSize cache =
                new CacheSize(config.flink().cacheEntities(), spec.views().size());
        WindowSettings windows =
                new WindowSettings(plan, LATE, spec.availableAt(), spec.completeSinceMillis(topic), cache);
        SingleOutputStreamOperator<FeatureRow> rows = WindowOperator.attach(
                        coalesced(selected, plan.plan()).keyBy(SelectedEvent::entity, Types.STRING), windows)
                .uid("windows-" + view);
        rows.sinkTo(new RedisSink(RedisOptions.of(config.redis()), config.namespace(), plan))
                .name("redis " + view)
                .uid("redis-" + view);
        rows.sinkTo(KafkaSinks.history(config.kafka(), config.namespace(), plan, RowOrigin.LIVE))
                .name("history " + view)
                .uid("history-" + view);
        letters.add(selected.getSideOutput(REFUSED));
        letters.add(rows.getSideOutput(LATE));
    }

    /** The events as they come, or where the view says so those of busy entities together. */
    private static SingleOutputStreamOperator<SelectedEvent> coalesced(
            SingleOutputStreamOperator<SelectedEvent> events, ViewPlan plan) {
        return plan.view()
                .coalesce()
                .map(interval -> CoalesceOperator.attach(events, plan, interval)
                        .uid("coalesce-" + plan.view().name()))
                .orElse(events);
    }

    private void putAside(DataStream<DeadLetter> all) {
        all.sinkTo(KafkaSinks.deadLetters(config.kafka(), config.namespace()))
                .name("dead letters")
                .uid("dead-letters");
    }
}
