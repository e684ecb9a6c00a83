/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.monitoring.OnlineMetrics;
import io.freshet.operator.PlanSource;
import io.freshet.row.FeatureRow;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * Keeps the newest row of each entity in Redis. At least once: a checkpoint waits until all rows before it are
 * acknowledged, and a row written twice changes nothing.
 */
public final class RedisSink implements Sink<FeatureRow> {
    private static final long serialVersionUID = 1L;

    private final RedisOptions options;
    private final String namespace;
    private final PlanSource source;

    /** The rows of that view, under keys of that namespace. */
    public RedisSink(RedisOptions options, String namespace, PlanSource source) {
        this.options = options;
        this.namespace = namespace;
        this.source = source;
    }

    @Override
    public SinkWriter<FeatureRow> createWriter(WriterInitContext context) {
        ViewPlan plan = source.plan();
        boolean isAnew = context.getRestoredCheckpointId().isEmpty();
        OnlineMetrics metrics = new OnlineMetrics(
                context.metricGroup(), plan.view().name(), plan.view().freshness());
        ProcessingTimeService time = context.getProcessingTimeService();
        Timers timers = (delayMillis, step) ->
                time.registerTimer(time.getCurrentProcessingTime() + delayMillis, timestamp -> step.run());
        RowWriter writer =
                new RowWriter(store(plan, isAnew), options, context.getMailboxExecutor(), timers, watch(metrics));
        metrics.waiting(writer::waiting);
        if (isAnew) {
            writer.connectOrEndJob();
        }
        if (context.getTaskInfo().getIndexOfThisSubtask() == 0) {
            writer.publishWatermarks();
        }
        return writer;
    }

    private RowStore store(ViewPlan plan, boolean isAnew) {
        try {
            return RowStore.of(options, namespace, plan);
        } catch (IllegalArgumentException e) {
            if (isAnew) {
                // The settings name what is not there: no restart would find it.
                throw new SuppressRestartsException(e);
            }
            throw e; // one machine may lack it for a while
        }
    }

    private static WriteWatch watch(OnlineMetrics metrics) {
        return new WriteWatch() {
            @Override
            public void acknowledged(long ingestedAtMillis) {
                metrics.acknowledged(ingestedAtMillis);
            }

            @Override
            public void failed() {
                metrics.failed();
            }
        };
    }
}
