/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs benchmarks of JMH in a JVM of their own: as many measured seconds as there are rounds. */
final class JmhSuite {

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int WARM_UP_SECONDS = 3;

    private JmhSuite() {}

    static List<Result> core(Options options) throws RunnerException {
        return run(CoreBenchmark.class, Suite.JMH, "jmh: the window core alone, 4 windows x 4 functions", options);
    }

    static List<Result> decoding(Options options) throws RunnerException {
        return run(DecodeBenchmark.class, Suite.DECODING, "decoding: an event of five fields", options);
    }

    private static List<Result> run(Class<?> benchmark, Suite suite, String group, Options options)
            throws RunnerException {
        org.openjdk.jmh.runner.options.Options jmh = new OptionsBuilder()
                .include(benchmark.getName())
                .forks(1)
                .jvmArgs("-Xmx2g")
                .warmupIterations(WARM_UP_SECONDS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(options.rounds())
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .build();
        List<Result> results = new ArrayList<>();
        for (RunResult run : new Runner(jmh).run()) {
            results.add(result(run, suite, group));
        }
        return results;
    }

    private static Result result(RunResult run, Suite suite, String group) {
        String method = run.getParams().getBenchmark();
        Map<String, Object> parameters = new TreeMap<>();
        String name = method.substring(method.lastIndexOf('.') + 1);
        for (String key : run.getParams().getParamsKeys()) {
            parameters.put(key, run.getParams().getParam(key));
            name += ", " + run.getParams().getParam(key) + " " + key;
        }
        Result result = new Result(suite.label(), group, name, parameters);
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                result.add(
                        Figure.NANOS_PER_OPERATION, iteration.getPrimaryResult().getScore());
                org.openjdk.jmh.results.Result<?> allocated =
                        iteration.getSecondaryResults().get(ALLOCATED);
                if (allocated != null) {
                    result.add(Figure.ALLOCATED_BYTES_PER_OPERATION, allocated.getScore());
                }
            }
        }
        return result;
    }
}
