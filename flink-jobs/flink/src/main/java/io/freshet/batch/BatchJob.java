/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.event.DeadLetter;
import io.freshet.event.PartitionNumbers;
import io.freshet.event.SelectedEvent;
import io.freshet.history.LoggedRow;
import io.freshet.job.Assembly;
import io.freshet.job.BatchSettings;
import io.freshet.job.JobArguments;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.FeatureRowSerializer;
import io.freshet.operator.PlanSource;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.SerializedType;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowOrigin;
import io.freshet.sink.KafkaSinks;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.RedisSink;
import io.freshet.source.DeadLetters;
import io.freshet.source.EventSource;
import io.freshet.source.SelectFunction;
import io.freshet.source.SourceRecord;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * A run over the files of one view, in Flink's batch mode: read, select, replay by entity, compare with the history, write
 * what it lacks. Sorting spills to disk, and no more than one entity is replayed at a time. Each stage begins when the one
 * before is through: nothing is written where a row is in the place of another.
 */
public final class BatchJob implements Assembly {

    private static final TypeInformation<DeadLetter> LETTERS =
            new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    private static final OutputTag<DeadLetter> REFUSED = new OutputTag<>("refused", LETTERS);
    private static final OutputTag<DeadLetter> LATE = new OutputTag<>("late", LETTERS);
    private static final TypeInformation<long[]> STEPS = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;

    private final BatchSpec spec;
    private final FreshetConfig config;
    private final ViewPlan plan;
    private final PlanSource source;
    private final LoadReplayOperator.Settings replay;
    private final TypeInformation<FeatureRow> rows;
    private final TypeInformation<RowItem> items;

    /** The job of that specification. */
    public BatchJob(BatchSpec spec) {
        this.spec = spec;
        this.config = spec.config();
        this.source = spec.text()::plan;
        this.plan = source.plan();
        this.replay = new LoadReplayOperator.Settings(
                source, spec.files().files(), spec.files().completeSinceMillis());
        this.rows = new SerializedType<>(FeatureRow.class, FeatureRowSerializer.of(plan));
        this.items = new SerializedType<>(RowItem.class, new RowItemSerializer(plan));
    }

    /**
     * Runs the views over files of a folder, one after the other, on the cluster it is submitted to: {@code flink run -c
     * io.freshet.batch.BatchJob freshet-flink-job.jar}. Relative patterns of files start in the folder of the settings.
     *
     * @param arguments see {@link JobArguments}; {@code --views views/one.yaml} names a single view
     */
    public static void main(String[] arguments) throws Exception {
        JobArguments given = JobArguments.read(arguments, System.getenv());
        for (ViewText view : given.views()) {
            if (view.plan().view().isOverFiles()) {
                BatchSpec spec =
                        BatchSpec.prepare(given.config(), view, given.folder().toString());
                StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                new BatchJob(spec).assemble(env);
                spec.finish(BatchSettings.counts(env.execute("freshet files " + spec.name())));
            }
        }
    }

    @Override
    public void assemble(StreamExecutionEnvironment env) {
        BatchSettings.applyWithoutRestart(env, config.flink().parallelism());
        DataStream<SourceRecord> events = events(env);
        SingleOutputStreamOperator<SelectedEvent> selected = events.process(
                        new SelectFunction(source, 0, config.limits(), REFUSED))
                .returns(new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(plan)))
                .name("select");
        SingleOutputStreamOperator<RowItem> made = made(events, selected);
        write(match(made.union(logged(env))));
        putAside(events.flatMap(new DeadLetters())
                .returns(LETTERS)
                .union(selected.getSideOutput(REFUSED), made.getSideOutput(LATE)));
    }

    private DataStream<SourceRecord> events(StreamExecutionEnvironment env) {
        List<Integer> numbers =
                spec.files().files().stream().map(BatchFile::number).toList();
        return env.fromData(numbers, Types.INT)
                .name("files")
                .rebalance()
                .flatMap(new BatchEvents(source, spec.files().files()))
                .returns(EventSource.type(plan.sources().get(0)))
                .name("events");
    }

    private SingleOutputStreamOperator<RowItem> made(
            DataStream<SourceRecord> events, DataStream<SelectedEvent> selected) {
        boolean byEventTime = plan.view().sources().get(0).files().orElseThrow().available()
                instanceof FeatureView.Availability.Loaded;
        int[] loads = replay.loads();
        DataStream<long[]> steps = events.transform("steps", STEPS, new StepsOperator(!byEventTime, loads));
        return selected.assignTimestampsAndWatermarks(WatermarkStrategy.<SelectedEvent>noWatermarks()
                        .withTimestampAssigner((event, before) -> Place.of(
                                byEventTime,
                                loads[PartitionNumbers.partition(event.partition())],
                                event.ingestedAtMillis(),
                                event.timeMillis())))
                .keyBy(SelectedEvent::entity, Types.STRING)
                .connect(steps.broadcast())
                .transform("replay", items, new LoadReplayOperator(replay, LATE));
    }

    /** What the history has of the version. */
    private DataStream<RowItem> logged(StreamExecutionEnvironment env) {
        int version = plan.view().version();
        return env.fromSource(
                        spec.history().source(),
                        WatermarkStrategy.<LoggedRow>noWatermarks()
                                .withTimestampAssigner(
                                        (row, kafkaMillis) -> row.head().asOfMillis()),
                        "logged")
                .filter(row -> row.head().version() == version && row.head().origin() != RowOrigin.LIVE)
                .map(row -> (RowItem) new RowItem.Logged(row))
                .returns(items);
    }

    private SingleOutputStreamOperator<FeatureRow> match(DataStream<RowItem> all) {
        return all.keyBy(RowItem::entity, Types.STRING)
                .transform(
                        "match",
                        rows,
                        new HistoryMatchOperator(
                                source,
                                spec.history().schemas(),
                                new HistoryMatch.Rules(spec.run().atMillis(), spec.isChanged()),
                                new HistoryMatchOperator.Outputs(past(), newest())));
    }

    private OutputTag<FeatureRow> past() {
        return new OutputTag<>("past", rows);
    }

    private OutputTag<FeatureRow> newest() {
        return new OutputTag<>("newest", rows);
    }

    private void write(SingleOutputStreamOperator<FeatureRow> lacking) {
        // All to all: the first row is written when the last is compared. Rows of an entity stay in order.
        lacking.keyBy(FeatureRow::entity, Types.STRING)
                .sinkTo(KafkaSinks.append(config.kafka(), config.namespace(), source, spec.lock(), RowOrigin.BATCH))
                .name("history");
        lacking.getSideOutput(past())
                .keyBy(FeatureRow::entity, Types.STRING)
                .sinkTo(KafkaSinks.append(config.kafka(), config.namespace(), source, spec.lock(), RowOrigin.BACKFILL))
                .name("history of before");
        lacking.getSideOutput(newest())
                .keyBy(FeatureRow::entity, Types.STRING)
                .sinkTo(new RedisSink(RedisOptions.of(config.redis()), config.namespace(), source))
                .name("redis");
    }

    private void putAside(DataStream<DeadLetter> letters) {
        letters.flatMap(new NewLetters(spec.files().files()))
                .returns(LETTERS)
                .sinkTo(KafkaSinks.deadLetters(config.kafka(), config.namespace()))
                .name("dead letters");
    }
}
