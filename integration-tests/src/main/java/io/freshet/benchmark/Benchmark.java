/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs suites of benchmarks one after the other: tables in Markdown to the standard output, every repetition to a JSON
 * file, progress to the standard error. What each suite measures and leaves out: {@link Suite} and BENCHMARKS.md.
 */
public final class Benchmark {

    private Benchmark() {}

    /**
     * Runs it. Settings are system properties, see {@link Options}.
     *
     * @param args none
     */
    public static void main(String[] args) throws Exception {
        run(Options.of(System.getProperties()), new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    /** Runs the suites, and returns the JSON file; it is written anew after each, so that little is lost. */
    static Path run(Options options, PrintStream out) throws Exception {
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Machine machine = Machine.ofThisProcess();
        out.println(Report.preface(start, machine, options));
        Path file = options.folder().resolve(start.toString().replace(":", "") + ".json");
        List<Result> all = new ArrayList<>();
        for (Suite suite : options.suites()) {
            List<Result> results = suite.run(options);
            out.println(Report.markdown(results));
            all.addAll(results);
            ReportFile.write(file, start, machine, options, all);
        }
        out.println("Every repetition: " + file);
        return file;
    }
}
