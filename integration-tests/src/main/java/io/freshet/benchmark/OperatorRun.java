/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.event.SelectedEvent;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.SerializedType;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * One run of one contestant: a job on a MiniCluster of its own.
 *
 * <p>Time and CPU run from the first to the last event that comes to the operator, see {@link Arrival}; of Flink SQL, where
 * nothing fits in between, to those that leave the source. Start-up is left out, and so is what is still emitted after the
 * last event: Flink then fires all windows that are open, so this favours Flink's. CPU is that of the whole process, with
 * garbage collection and compilation, less what an idle MiniCluster takes in that time.
 */
final class OperatorRun {

    private final double idleCpuPerSecond;

    /**
     * Runs on a machine.
     *
     * @param idleCpuPerSecond CPU seconds per second of a process whose job waits, see {@link IdleStream}
     */
    OperatorRun(double idleCpuPerSecond) {
        this.idleCpuPerSecond = idleCpuPerSecond;
    }

    /** Runs it once. */
    Map<Figure, Double> run(Contestant contestant, Workload workload, long events) throws Exception {
        long number = Math.max(1, events / workload.parallelism()) * workload.parallelism();
        System.gc();
        JobExecutionResult result;
        try (LocalStreamEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(workload.parallelism(), settings(contestant))) {
            DataStream<SelectedEvent> stream = env.fromSequence(0, number - 1)
                    .map(new EventStream(number, workload))
                    .returns(new SerializedType<>(
                            SelectedEvent.class,
                            SelectedEventSerializer.of(workload.view().plan())))
                    .assignTimestampsAndWatermarks(WatermarkStrategy.<SelectedEvent>forMonotonousTimestamps()
                            .withTimestampAssigner((event, unused) -> event.timeMillis()));
            contestant.attach(stream, workload, number);
            result = env.execute(contestant.name().toLowerCase(Locale.ROOT));
        }
        boolean arrives = result.getAllAccumulatorResults().containsKey(Arrival.LAST);
        double seconds = arrives
                ? nanosBetween(result, Arrival.FIRST, Arrival.LAST) / 1e9
                : nanosBetween(result, EventStream.FIRST, EventStream.LAST) / 1e9;
        double cpuSeconds = arrives
                ? nanosBetween(result, Arrival.FIRST_CPU, Arrival.LAST_CPU) / 1e9
                : nanosBetween(result, EventStream.FIRST_CPU, EventStream.LAST_CPU) / 1e9;
        double busySeconds = Math.max(0, cpuSeconds - idleCpuPerSecond * seconds);
        return Map.of(
                Figure.EVENTS_PER_SECOND, number / seconds, Figure.CPU_MICROS_PER_EVENT, busySeconds * 1e6 / number);
    }

    /** CPU seconds per second that this process takes while the job on its MiniCluster waits for events. */
    static double measureIdleCpu() throws Exception {
        try (LocalStreamEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, settings(Contestant.COUNTER))) {
            DataStream<Long> pause = env.fromSequence(0, 1).map(new IdleStream());
            pause.sinkTo(new DiscardingSink<>());
            JobExecutionResult result = env.execute("idle");
            double seconds = nanosBetween(result, EventStream.FIRST, EventStream.LAST) / 1e9;
            return nanosBetween(result, EventStream.FIRST_CPU, EventStream.LAST_CPU) / 1e9 / seconds;
        }
    }

    private static double nanosBetween(JobExecutionResult result, String from, String to) {
        long begin = result.getAccumulatorResult(from);
        long end = result.getAccumulatorResult(to);
        return end - begin;
    }

    private static Configuration settings(Contestant contestant) {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, contestant.stateBackend());
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        return settings;
    }
}
