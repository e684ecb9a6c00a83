/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.event.DeadLetter;
import io.freshet.event.SelectedEvent;
import io.freshet.job.FeatureJob;
import io.freshet.job.JobSpec;
import io.freshet.operator.DeadLetterSerializer;
import io.freshet.operator.FeatureRowSerializer;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.SerializedType;
import io.freshet.row.FeatureRow;
import io.freshet.row.RowOrigin;
import io.freshet.sink.KafkaSinks;
import io.freshet.sink.RedisOptions;
import io.freshet.sink.RedisSink;
import io.freshet.source.EventSource;
import io.freshet.source.SelectFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The job of a view without its windows: the same source, decoding, key and sinks, one row of constants per event. */
final class PassThrough implements MapFunction<SelectedEvent, FeatureRow> {

    private static final long serialVersionUID = 1L;
    private static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", new SerializedType<>(DeadLetter.class, DeadLetterSerializer.INSTANCE));

    private final int columns;

    private PassThrough(int columns) {
        this.columns = columns;
    }

    /**
     * Puts the job together.
     *
     * @param spec a job of one view whose columns are all longs
     */
    static void assemble(StreamExecutionEnvironment env, JobSpec spec) {
        // A job of no views sets the environment as that of a view does.
        FeatureJob.assemble(env, new JobSpec(spec.config(), List.of(), spec.range(), spec.availableAt(), Map.of()));
        ViewText view = spec.views().get(0);
        FreshetConfig config = spec.config();
        DataStream<SelectedEvent> selected = env.fromSource(
                        EventSource.of(config, config.namespace(), view::plan, 0, spec.range()),
                        EventSource.watermarks(view.plan().view().sources().get(0), spec.range()),
                        "events")
                .process(new SelectFunction(view::plan, 0, config.limits(), REFUSED))
                .returns(new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(view.plan())));
        DataStream<FeatureRow> rows = selected.keyBy(SelectedEvent::entity, Types.STRING)
                .map(new PassThrough(view.plan().columns().size()))
                .returns(new SerializedType<>(FeatureRow.class, FeatureRowSerializer.of(view.plan())));
        rows.sinkTo(new RedisSink(RedisOptions.of(config.redis()), config.namespace(), view::plan));
        rows.sinkTo(KafkaSinks.history(config.kafka(), config.namespace(), view::plan, RowOrigin.LIVE));
    }

    @Override
    public FeatureRow map(SelectedEvent event) {
        Object[] values = new Object[columns];
        Arrays.fill(values, 123_456L);
        return new FeatureRow(
                event.entity(),
                event.timeMillis(),
                System.currentTimeMillis(),
                event.offset() + 1,
                Long.MIN_VALUE,
                event.ingestedAtMillis(),
                values);
    }
}
