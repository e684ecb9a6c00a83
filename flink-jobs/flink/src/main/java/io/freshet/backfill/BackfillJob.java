/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.history.LoggedRow;
import io.freshet.job.Assembly;
import io.freshet.job.BatchSettings;
import io.freshet.job.JobArguments;
import io.freshet.job.ProgramArguments;
import io.freshet.operator.AvailableAt;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.EntityHash;
import io.freshet.operator.FeatureRowSerializer;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.SerializedType;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowOrigin;
import io.freshet.sink.KafkaSinks;
import io.freshet.source.EventRange;
import io.freshet.source.EventSource;
import io.freshet.source.SelectFunction;
import io.freshet.source.SourceRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The backfill, in Flink's batch mode: events and what the history has are sorted by entity and time, replayed, and the
 * rows that the history lacks appended to it. Sorting spills to disk, and no more than one entity is replayed at a time,
 * so memory does not grow with the past. Each stage begins when the one before is through: nothing is written where a row
 * is in the place of another.
 */
public final class BackfillJob implements Assembly {

    private static final EventRange RANGE = new EventRange(new EventRange.Earliest(), EventRange.End.AT_LATEST);
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));
    private static final TypeInformation<long[]> EXTENT = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;

    private final BackfillSpec spec;
    private final FreshetConfig config;

    /** The job of that specification. */
    public BackfillJob(BackfillSpec spec) {
        this.spec = spec;
        this.config = spec.config();
    }

    /**
     * Backfills on the cluster it is submitted to, as {@code freshet backfill} does on a Flink of its own, and prints what
     * was written.
     *
     * @param arguments see {@link BackfillArguments#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        ProgramArguments given = BackfillArguments.read(arguments);
        JobArguments job = JobArguments.read(given.others().toArray(String[]::new), System.getenv());
        List<ViewText> views = given.views(job.views());
        for (ViewText view : views) {
            if (view.plan().view().isOverFiles()) {
                throw new IllegalArgumentException("Cannot backfill view '"
                        + view.plan().view().name() + "': its events come from files, see io.freshet.batch.BatchJob");
            }
        }
        BackfillSpec spec = BackfillSpec.prepare(job.config(), views, BackfillArguments.request(given));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        new BackfillJob(spec).assemble(env);
        JobExecutionResult result = env.execute("freshet backfill "
                + String.join(
                        ",", spec.views().stream().map(BackfillSpec.View::name).toList()));
        for (BackfillReport.OfView view :
                BackfillReport.of(spec, BatchSettings.counts(result)).views()) {
            System.out.printf(
                    Locale.ROOT,
                    "view %s: %d rows, %d of them there already, %d written%n",
                    view.view(),
                    view.made(),
                    view.there(),
                    view.written());
        }
    }

    @Override
    public void assemble(StreamExecutionEnvironment env) {
        BatchSettings.applyWithoutRestart(env, config.flink().parallelism());
        List<TopicEvents> topics = new ArrayList<>();
        for (BackfillSpec.Topic topic : spec.topics()) {
            topics.add(topic(env, topic, topics.size()));
        }
        spec.views().forEach(view -> view(env, topics, view));
    }

    /**
     * Some of a topic's events: its own, or those of its files.
     *
     * @param suffix tells the ones from the others in ids of operators
     * @param counts what names of their counts start with
     * @param stream the events
     */
    private record Events(String suffix, String counts, DataStream<SourceRecord> stream) {}

    /**
     * The events of a topic, and their extents.
     *
     * @param number of the topic in the backfill
     */
    private record TopicEvents(int number, BackfillSpec.Topic topic, List<Events> events, DataStream<long[]> extents) {}

    private TopicEvents topic(StreamExecutionEnvironment env, BackfillSpec.Topic topic, int number) {
        BackfillSpec.View any = spec.views().stream()
                .filter(view -> view.position(topic.name()) >= 0)
                .findFirst()
                .orElseThrow();
        PlanSource source = any.text()::plan;
        int position = any.position(topic.name());
        FeatureView.Source settings = source.plan().view().sources().get(position);
        List<Events> events = new ArrayList<>();
        events.add(new Events(
                "",
                JobCounts.topic(topic.name()),
                env.fromSource(
                                EventSource.of(config, config.namespace() + "-backfill", source, position, RANGE),
                                EventSource.watermarks(settings, RANGE),
                                "events " + topic.name())
                        .uid("source-" + topic.name())));
        if (!topic.files().isEmpty()) {
            events.add(new Events("-files", JobCounts.files(topic.name()), files(env, topic, source, position)));
        }
        DataStream<long[]> extents = events.stream()
                .map(some -> (DataStream<long[]>) some.stream()
                        .transform("extents " + topic.name(), EXTENT, new TopicTally(number, some.counts()))
                        .uid("extents-" + topic.name() + some.suffix()))
                .reduce(DataStream::union)
                .orElseThrow();
        return new TopicEvents(number, topic, events, extents);
    }

    private static DataStream<SourceRecord> files(
            StreamExecutionEnvironment env, BackfillSpec.Topic topic, PlanSource source, int position) {
        List<Tuple2<Integer, String>> files = new ArrayList<>();
        for (String file : topic.files()) {
            files.add(Tuple2.of(files.size(), file));
        }
        ViewPlan.SourcePlan plan = source.plan().sources().get(position);
        return env.fromData(files, Types.TUPLE(Types.INT, Types.STRING))
                .name("files " + topic.name())
                .rebalance()
                .flatMap(new FileEvents(source, position))
                .returns(EventSource.type(plan))
                .name("file events " + topic.name())
                .uid("file-events-" + topic.name())
                .assignTimestampsAndWatermarks(EventSource.watermarks(plan.source(), RANGE));
    }

    private void view(StreamExecutionEnvironment env, List<TopicEvents> topics, BackfillSpec.View view) {
        PlanSource source = view.text()::plan;
        ViewPlan plan = source.plan();
        String name = plan.view().name();
        TypeInformation<ReplayItem> items = new SerializedType<>(ReplayItem.class, new ReplayItemSerializer(plan));
        DataStream<ReplayItem> replayed = logged(env, view, plan, items);
        List<DataStream<long[]>> extents = new ArrayList<>();
        Map<Integer, Bounds.Sources> sources = new HashMap<>();
        for (TopicEvents topic : topics) {
            int position = view.position(topic.topic().name());
            if (position >= 0) {
                for (Events some : topic.events()) {
                    replayed = replayed.union(selected(some, source, position, items));
                }
                extents.add(topic.extents());
                sources.put(topic.number(), topic.topic().sources());
            }
        }
        ReplayOperator.Settings settings = new ReplayOperator.Settings(
                source,
                spec.span(),
                new AvailableAt.Delayed(view.delay().duration()),
                sources,
                view.history().schemas());
        replayed.keyBy(
                        item -> Tuple2.of(EntityHash.of(item.entity()), item.entity()),
                        Types.TUPLE(Types.LONG, Types.STRING))
                .connect(
                        extents.stream().reduce(DataStream::union).orElseThrow().broadcast())
                .transform(
                        "replay " + name,
                        new SerializedType<>(FeatureRow.class, FeatureRowSerializer.of(plan)),
                        new ReplayOperator(settings))
                .uid("replay-" + name)
                // All to all: the first row is written when the last is compared. Rows of an entity stay in order.
                .keyBy(FeatureRow::entity, Types.STRING)
                .sinkTo(KafkaSinks.append(config.kafka(), config.namespace(), source, view.lock(), RowOrigin.BACKFILL))
                .name("history " + name)
                .uid("history-" + name);
    }

    private DataStream<ReplayItem> selected(
            Events events, PlanSource source, int position, TypeInformation<ReplayItem> items) {
        ViewPlan plan = source.plan();
        String name = plan.view().name();
        SingleOutputStreamOperator<SelectedEvent> selected = events.stream()
                .process(new SelectFunction(source, position, config.limits(), REFUSED))
                .returns(new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(plan)))
                .name("select " + name)
                .uid("select-" + name + "-" + position + events.suffix());
        selected.getSideOutput(REFUSED)
                .flatMap(new LetterCount(name))
                .returns(Types.VOID)
                .name("refused " + name);
        // What is behind the last row has no part in any.
        long before = spec.span().toMillis();
        return selected.filter(event -> event.timeMillis() < before)
                .map(event -> (ReplayItem) new ReplayItem.Event(event.withoutRaw()))
                .returns(items);
    }

    /** What the history has: the rows of earlier backfills and, unless it is said, where those of the live job begin. */
    private DataStream<ReplayItem> logged(
            StreamExecutionEnvironment env, BackfillSpec.View view, ViewPlan plan, TypeInformation<ReplayItem> items) {
        String name = plan.view().name();
        int version = plan.view().version();
        DataStream<LoggedRow> rows = env.fromSource(
                        view.history().source(),
                        WatermarkStrategy.<LoggedRow>noWatermarks()
                                .withTimestampAssigner(
                                        (row, kafkaMillis) -> row.head().asOfMillis()),
                        "logged " + name)
                .uid("logged-" + name);
        DataStream<ReplayItem> earlier = rows.filter(row ->
                        row.head().origin() == RowOrigin.BACKFILL && row.head().version() == version)
                .map(row -> (ReplayItem) new ReplayItem.Logged(row))
                .returns(items);
        if (spec.span().hasEnd()) {
            return earlier;
        }
        PlanSource source = view.text()::plan;
        DataStream<ReplayItem> live = rows.flatMap(
                        new LiveBegin(source, view.history().schemas()))
                .returns(items)
                .name("live " + name)
                .keyBy(ReplayItem::entity, Types.STRING)
                .reduce(LiveBegin::both)
                .returns(items)
                // Before all else of the entity.
                .assignTimestampsAndWatermarks(WatermarkStrategy.<ReplayItem>noWatermarks()
                        .withTimestampAssigner((item, before) -> Long.MIN_VALUE));
        return earlier.union(live);
    }
}
