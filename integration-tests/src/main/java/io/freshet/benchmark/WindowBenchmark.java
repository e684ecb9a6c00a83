/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.operator.SelectedEventSerializer;
import io.freshet.operator.SerializedType;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Events per second through the window operator, beside Flink's own sliding windows, interleaved in one run: four windows
 * (1m, 10m, 1h, 1d) times count, sum, min, max, 100,000 Zipf keys, parallelism 1 on a MiniCluster.
 *
 * <p>Time runs from the first to the last event that leaves the source. The pipe is bounded, so that is the pace of the
 * operator, but for the few thousand events in network buffers at the end; start-up and what is still emitted after the
 * last event (Flink then fires all windows that are open) are left out, which favours Flink's windows.
 *
 * <p>What the contestants emit differs: Flink a value per window and slide, Freshet a row of all sixteen values on every event
 * and whenever a tile leaves a window.
 */
public final class WindowBenchmark {

    private static final int KEYS = 100_000;
    private static final Map<String, Long> STREAMS = Map.of("dense", 50_000L, "sparse", 1_000L);

    private final Map<Contestant, Long> events;
    private final int rounds;
    private final PrintStream out;

    private WindowBenchmark(Map<Contestant, Long> events, int rounds, PrintStream out) {
        this.events = events;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param args {@code [rounds] [millions of events for all but Flink's windows] [thousands for those]}
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        long many = Math.round((args.length > 1 ? Double.parseDouble(args[1]) : 3) * 1_000_000);
        long few = Math.round((args.length > 2 ? Double.parseDouble(args[2]) : 100) * 1_000);
        Map<Contestant, Long> events = new EnumMap<>(Contestant.class);
        events.put(Contestant.COUNTER, many);
        events.put(Contestant.FLINK_WINDOWS, few);
        events.put(Contestant.FRESHET, many);
        events.put(Contestant.FRESHET_ROCKSDB, many / 10);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.printf(
                "%s; %d cores, Java %s, -Xmx%d MB; medians of %d interleaved rounds after one that warms up%n",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                Runtime.getRuntime().maxMemory() >> 20,
                rounds);
        WindowBenchmark benchmark = new WindowBenchmark(events, rounds, out);
        for (String stream : List.of("dense", "sparse")) {
            benchmark.measure(stream, STREAMS.getOrDefault(stream, 1L));
        }
    }

    private void measure(String stream, long eventsPerSecond) throws Exception {
        Map<Contestant, Measurement> measured = new EnumMap<>(Contestant.class);
        for (Contestant each : Contestant.values()) {
            measured.put(each, new Measurement(each.title(), new ArrayList<>(), new ArrayList<>()));
        }
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<Contestant, Measurement> each : measured.entrySet()) {
                double[] figures = run(each.getKey(), eventsPerSecond);
                if (round > 0) {
                    each.getValue().eventsPerSecond().add(figures[0]);
                    each.getValue().cpuMicrosPerEvent().add(figures[1]);
                }
            }
        }
        out.printf("%n%s: %,d events per second of event time%n%s%n", stream, eventsPerSecond, Measurement.heading());
        List<Measurement> all = List.copyOf(measured.values());
        Measurement flink = all.get(Contestant.FLINK_WINDOWS.ordinal());
        all.forEach(each -> out.println(each.line(flink)));
    }

    /** Events per second, and microseconds of CPU time of the whole process per event. */
    private double[] run(Contestant contestant, long eventsPerSecond) throws Exception {
        long number = events.getOrDefault(contestant, 1L);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.gc();
        long cpu = system.getProcessCpuTime();
        JobExecutionResult result;
        try (LocalStreamEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, settings(contestant))) {
            ViewPlan plan = Contestant.view().plan();
            DataStream<SelectedEvent> stream = env.fromSequence(0, number - 1)
                    .map(new EventStream(number, KEYS, eventsPerSecond))
                    .returns(new SerializedType<>(SelectedEvent.class, SelectedEventSerializer.of(plan)))
                    .assignTimestampsAndWatermarks(WatermarkStrategy.<SelectedEvent>forMonotonousTimestamps()
                            .withTimestampAssigner((event, unused) -> event.timeMillis()));
            contestant.attach(stream.keyBy(SelectedEvent::entity, Types.STRING));
            result = env.execute(contestant.name().toLowerCase(Locale.ROOT));
        }
        long first = result.getAccumulatorResult(EventStream.FIRST);
        long last = result.getAccumulatorResult(EventStream.LAST);
        double seconds = (last - first) / 1e9;
        return new double[] {number / seconds, (system.getProcessCpuTime() - cpu) / 1e3 / number};
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
