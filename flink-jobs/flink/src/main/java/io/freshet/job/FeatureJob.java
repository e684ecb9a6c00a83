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
import org.apache.flink.client.program.StreamPlanEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.ParameterTool;

/**
 * The streaming job: one source per topic; per view select of each of its topics, windows and both sinks; dead letters of
 * all.
 */
public final class FeatureJob {

    private static final TypeInformation<DeadLetter> LETTERS =
            new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    private static final OutputTag<DeadLetter> REFUSED = new OutputTag<>("refused", LETTERS);
    private static final OutputTag<DeadLetter> LATE = new OutputTag<>("late", LETTERS);

    private final JobSpec spec;

    /** Whether it starts from a checkpoint or savepoint. */
    private final boolean goesOn;

    private final FreshetConfig config;
    private final List<DataStream<DeadLetter>> letters = new ArrayList<>();

    private FeatureJob(JobSpec spec, boolean goesOn) {
        this.spec = spec;
        this.goesOn = goesOn;
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
        // Embedded ones are found by it, too.
        env.configure(
                new Configuration().set(PipelineOptions.NAME, name(spec.config().namespace())));
        boolean goesOn = env.getConfiguration()
                .getOptional(StateRecoveryOptions.SAVEPOINT_PATH)
                .isPresent();
        FeatureJob job = new FeatureJob(spec, goesOn);
        Map<String, SingleOutputStreamOperator<SourceRecord>> topics = new LinkedHashMap<>();
        for (ViewText view : spec.views()) {
            job.view(view, job.selected(view, topics, env));
        }
        job.letters.stream().reduce((some, more) -> some.union(more)).ifPresent(job::putAside);
    }

    /**
     * Runs the job on the cluster it is submitted to: that of the bundle in its jar, else of a folder of views, {@code
     * flink run freshet-flink-job.jar}. Views over files are passed over: their runs end.
     *
     * @param arguments see {@link JobArguments#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        OwnThread.run(() -> execute(env, JobArguments.read(arguments, System.getenv())));
    }

    private static void execute(StreamExecutionEnvironment env, JobArguments given) throws Exception {
        String namespace = given.config().namespace();
        List<ViewText> views = given.views().stream()
                .filter(view -> !view.plan().view().isOverFiles())
                .toList();
        if (views.isEmpty()) {
            throw new IllegalArgumentException("Cannot start a job without views over topics: all in "
                    + given.config().views() + " are over files, see io.freshet.batch.BatchJob");
        }
        JobSpec spec = JobSpec.prepare(given.config(), views, given.range(), new AvailableAt.Live());
        given.bundle()
                .map(bundle -> bundle.parameters(namespace))
                .ifPresent(told -> env.getConfig().setGlobalJobParameters(ParameterTool.fromMap(told)));
        assemble(env, spec);
        // A plan alone starts nothing: 'freshet upgrade' asks for one while the old job runs.
        if (!(env instanceof StreamPlanEnvironment)) {
            SecondCopy.refuse(env.getConfiguration(), name(namespace));
        }
        env.execute(name(namespace));
    }

    /** Name of the job of a namespace on a cluster. */
    public static String name(String namespace) {
        return "freshet " + namespace;
    }

    /** The events of all topics of a view, as it sees them. Views over one topic share its source. */
    private DataStream<SelectedEvent> selected(
            ViewText view,
            Map<String, SingleOutputStreamOperator<SourceRecord>> topics,
            StreamExecutionEnvironment env) {
        List<FeatureView.Source> sources = view.plan().view().sources();
        List<DataStream<SelectedEvent>> selected = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            int topic = i;
            SingleOutputStreamOperator<SourceRecord> events =
                    topics.computeIfAbsent(sources.get(i).topic(), name -> topic(env, view, topic));
            selected.add(select(events, view, topic));
        }
        return selected.stream().reduce((some, more) -> some.union(more)).orElseThrow();
    }

    private SingleOutputStreamOperator<SourceRecord> topic(StreamExecutionEnvironment env, ViewText any, int topic) {
        FeatureView.Source source = any.plan().view().sources().get(topic);
        String name = source.topic();
        SingleOutputStreamOperator<SourceRecord> events = env.fromSource(
                        EventSource.of(config, config.namespace(), any::plan, topic, spec.range()),
                        EventSource.watermarks(source, spec.range()),
                        "events " + name)
                .uid("source-" + name);
        letters.add(events.flatMap(new DeadLetters())
                .returns(LETTERS)
                .name("refused " + name)
                .uid("refused-" + name));
        return events;
    }

    private DataStream<SelectedEvent> select(
            SingleOutputStreamOperator<SourceRecord> events, ViewText text, int topic) {
        PlanSource plan = text::plan;
        FeatureView view = plan.plan().view();
        boolean isOnlyOne = view.sources().size() == 1;
        String from = view.sources().get(topic).topic();
        SingleOutputStreamOperator<SelectedEvent> selected = events.process(
                        new SelectFunction(plan, topic, config.limits(), REFUSED))
                .returns(new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(plan.plan())))
                .name("select " + view.name() + (isOnlyOne ? "" : " from " + from))
                .uid("select-" + view.name() + (isOnlyOne ? "" : "-" + from));
        letters.add(selected.getSideOutput(REFUSED));
        return selected;
    }

    /**
     * How the windows of a view apply its events. A job that ends reads its topics each as fast as it can, so one may be
     * hours of event time ahead of another: taken as they arrive, the other's events would be late. In order of event time
     * they give the rows that a live job gives where topics keep pace.
     */
    private PlanSource applied(ViewText text) {
        boolean drifts =
                spec.range().isBounded() && text.plan().view().sources().size() > 1;
        return drifts ? () -> text.plan().inOrder() : text::plan;
    }

    private void view(ViewText text, DataStream<SelectedEvent> selected) {
        PlanSource plan = applied(text);
        String view = plan.plan().view().name();
        CacheSize cache =
                new CacheSize(config.flink().cacheEntities(), spec.views().size());
        long addedSinceMillis = addedSinceMillis(plan.plan().view());
        long knownSinceMillis = spec.completeSinceMillis(plan.plan().view());
        // A view that the state does not know begins where the sources that it shares go on.
        long completeSinceMillis = goesOn ? Math.max(knownSinceMillis, addedSinceMillis) : knownSinceMillis;
        WindowSettings windows =
                new WindowSettings(plan, LATE, spec.availableAt(), completeSinceMillis, addedSinceMillis, cache);
        SingleOutputStreamOperator<FeatureRow> rows = WindowOperator.attach(
                        coalesced(selected, plan.plan()).keyBy(SelectedEvent::entity, Types.STRING), windows)
                .uid("windows-" + view);
        rows.sinkTo(new RedisSink(RedisOptions.of(config.redis()), config.namespace(), plan))
                .name("redis " + view)
                .uid("redis-" + view);
        rows.sinkTo(KafkaSinks.history(config.kafka(), config.namespace(), plan, RowOrigin.LIVE))
                .name("history " + view)
                .uid("history-" + view);
        letters.add(rows.getSideOutput(LATE));
    }

    /** No event of before now is later: one that is further ahead of the clock than the view allows is a dead letter. */
    private static long addedSinceMillis(FeatureView view) {
        long ahead = view.sources().stream()
                .mapToLong(source -> source.maxFuture().toMillis())
                .max()
                .orElse(0);
        return System.currentTimeMillis() + ahead;
    }

    /** The events as they come, or where the view says so those of busy entities together. */
    private static DataStream<SelectedEvent> coalesced(DataStream<SelectedEvent> events, ViewPlan plan) {
        return plan.view()
                .coalesce()
                .map(interval -> (DataStream<SelectedEvent>) CoalesceOperator.attach(events, plan, interval)
                        .uid("coalesce-" + plan.view().name()))
                .orElse(events);
    }

    private void putAside(DataStream<DeadLetter> all) {
        all.sinkTo(KafkaSinks.deadLetters(config.kafka(), config.namespace()))
                .name("dead letters")
                .uid("dead-letters");
    }
}
