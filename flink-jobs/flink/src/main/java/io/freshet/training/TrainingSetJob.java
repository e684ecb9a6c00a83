/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.job.BatchSettings;
import io.freshet.job.JobArguments;
import io.freshet.job.KafkaSettings;
import io.freshet.operator.SerializedType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Makes a training set, as a bounded job in batch mode: the questions of the spine and the rows of the histories meet,
 * sorted by entity and time; the answers are put in the order of the spine and written beside its rows.
 */
public final class TrainingSetJob {

    /**
     * Turns the number of a row into a key that puts rows in order: Flink sorts by the bytes of a key, each from -128 to 127.
     * That it does is not promised; who writes the rows fails where they come in another order.
     */
    private static final long SIGNS = 0x8080808080808080L;

    private TrainingSetJob() {}

    /**
     * Makes a training set on the cluster it is submitted to, as {@code freshet training-set} does on a Flink of its own.
     *
     * @param arguments see {@link TrainingArguments#USAGE}
     */
    public static void main(String[] arguments) throws Exception {
        TrainingArguments given = TrainingArguments.read(arguments);
        JobArguments job = JobArguments.read(given.others().toArray(String[]::new), System.getenv());
        TrainingPlan plan =
                TrainingPreflight.run(KafkaSettings.of(job.config()), job.config(), job.views(), given.options());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        plan.job().assemble(env);
        env.execute("freshet training-set " + given.options().out());
    }

    /**
     * Puts the job together in an environment; the caller executes it.
     *
     * @param env where it will run; it is set to batch mode
     * @param request the training set
     * @param pasts where the rows of each view of the request are, in order
     * @param memoryBytes memory of a JVM that runs its tasks, a third of which the spine's questions may take
     */
    static void assemble(
            StreamExecutionEnvironment env, TrainingRequest request, List<ViewPast> pasts, long memoryBytes) {
        env.configure(BatchSettings.create());
        List<ViewColumns> views =
                request.views().stream().map(TrainingRequest.OfView::columns).toList();
        TypeInformation<JoinItem> items = new SerializedType<>(JoinItem.class, new JoinItemSerializer(views));
        TypeInformation<Match> matches = new SerializedType<>(Match.class, new MatchSerializer(views));

        DataStream<JoinItem> all = env.fromData(0L)
                .flatMap(new Questions(request))
                .returns(items)
                .setParallelism(1)
                .name("spine")
                .assignTimestampsAndWatermarks(WatermarkStrategy.<JoinItem>noWatermarks()
                        .withTimestampAssigner((item, before) -> item.stamp()))
                .setParallelism(1);
        for (DataStream<JoinItem> rows : candidates(env, request, pasts, memoryBytes, items)) {
            all = all.union(rows);
        }
        // Each comes with its stamp as the time: candidates give it to their rows themselves.
        all.keyBy(JoinItem::place, Types.LONG)
                .process(new PointInTimeJoin(request))
                .returns(matches)
                .name("point in time")
                .keyBy(match -> match.index() ^ SIGNS, Types.LONG)
                .process(new Pass())
                .returns(matches)
                .setParallelism(1)
                .name("order of the spine")
                .sinkTo(new TrainingSink(request))
                .setParallelism(1)
                .name("training set");
    }

    private static List<DataStream<JoinItem>> candidates(
            StreamExecutionEnvironment env,
            TrainingRequest request,
            List<ViewPast> pasts,
            long memoryBytes,
            TypeInformation<JoinItem> items) {
        List<DataStream<JoinItem>> streams = new ArrayList<>();
        for (int i = 0; i < pasts.size(); i++) {
            int view = i;
            String name = request.views().get(view).name();
            pasts.get(view).topic().ifPresent(history -> {
                streams.add(env.fromSource(history.source(), WatermarkStrategy.noWatermarks(), "history " + name)
                        .transform(
                                "candidates " + name,
                                items,
                                new Candidates(request, view, memoryBytes, history.schemas())));
            });
            pasts.get(view)
                    .archive()
                    .filter(archive -> !archive.files().isEmpty())
                    .ifPresent(archive -> {
                        ArchivedCandidates read =
                                new ArchivedCandidates(request, view, memoryBytes, archive.directory());
                        streams.add(env.fromData(archive.files(), Types.STRING)
                                .setParallelism(1)
                                .rebalance()
                                .transform("archived candidates " + name, items, read));
                    });
        }
        return streams;
    }
}
