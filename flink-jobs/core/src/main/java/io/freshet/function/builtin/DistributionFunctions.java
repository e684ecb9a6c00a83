/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import io.freshet.function.Parameter.Kind;
import io.freshet.function.RefusedCallException;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;

/** Functions of the group: distinct values, frequencies and percentiles. */
final class DistributionFunctions {

    private static final String MOST = "max_distinct";
    private static final int GREATEST_MOST = 10_000_000;
    private static final String AT = "at";
    private static final String ERROR = "relative_error";
    private static final double LEAST_ERROR = 1e-4;
    private static final double GREATEST_ERROR = 0.1;
    private static final int GREATEST_K = 1_000;
    private static final String TOO_MANY = "; null and counted beyond max_distinct different values";
    private static final String TABLE =
            "about 80 B for each distinct value of a tile or window, max_distinct of them at most;"
                    + " shared by the functions of frequencies with one max_distinct";
    private static final String BINS =
            "about 64 B for each bin in use: at most 35,000 for numbers above zero at an error of"
                    + " 0.01, some 500 where they span four powers of ten";

    private DistributionFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(
                new Builtin(
                        "count_distinct",
                        frequencies("Number of distinct values", "", "long", "0", "exact"),
                        List.of(most("100000")),
                        call -> Computation.of(
                                ValueType.LONG, table(call), Occurrences.unlessTooMany(Occurrences::distinct))),
                new Builtin(
                        "histogram",
                        frequencies("How often each value occurs, by its text", "", "map<long>", "null", "exact"),
                        List.of(most("1000")),
                        call -> Computation.of(
                                ValueType.map(ValueType.LONG),
                                table(call),
                                Occurrences.unlessTooMany(Occurrences::histogram))),
                new Builtin(
                        "mode",
                        frequencies(
                                "The most frequent value, of several the least", "", "as the input", "null", "exact"),
                        List.of(most("1000")),
                        call -> Computation.of(
                                call.input(), table(call), Occurrences.unlessTooMany(Frequencies::mode))),
                new Builtin(
                        "entropy",
                        frequencies(
                                "Entropy of the values in bits",
                                "-sum of p log2 p, p the share of each value (Shannon 1948)",
                                "double",
                                "null",
                                "rounding"),
                        List.of(most("1000")),
                        call -> Computation.of(
                                ValueType.DOUBLE, table(call), Occurrences.unlessTooMany(Frequencies::entropy))),
                new Builtin(
                        "top_k",
                        frequencies(
                                "The k most frequent values, the most frequent first; of equally frequent ones the least",
                                "",
                                "list",
                                "null",
                                "exact"),
                        List.of(Parameter.required("k", Kind.COUNT, "how many values"), most("1000")),
                        DistributionFunctions::top),
                new Builtin(
                        "approx_percentile",
                        percentiles("The number below which a share of all lies, as of a sorted list"),
                        List.of(
                                Parameter.required(AT, Kind.NUMBER, "the share, from 0 to 1"),
                                Parameter.optional(ERROR, Kind.NUMBER, "0.01", "greatest relative error of the value")),
                        DistributionFunctions::percentile),
                new Builtin(
                        "median",
                        percentiles("The number in the middle, of two the lower: approx_percentile at 0.5"),
                        List.of(Parameter.optional(ERROR, Kind.NUMBER, "0.01", "greatest relative error of the value")),
                        call -> percentile(call, new BigDecimal("0.5"))));
    }

    private static Parameter most(String otherwise) {
        return Parameter.optional(MOST, Kind.COUNT, otherwise, "how many distinct values a window may hold");
    }

    private static Description frequencies(
            String summary, String definition, String result, String ofNothing, String error) {
        return new Description(
                Group.DISTRIBUTION,
                summary + TOO_MANY,
                definition,
                "any single value",
                result,
                ofNothing,
                error,
                TABLE);
    }

    private static Description percentiles(String summary) {
        return new Description(
                Group.DISTRIBUTION,
                summary,
                "of n in order, from 0, that of position floor(at * (n - 1)), by bins of a geometric series with exact counts"
                        + " (DDSketch; Masson, Rim and Lee, VLDB 2019)",
                "long, double, decimal",
                "double",
                "null",
                "relative_error of the true value; the same bits on every replay",
                BINS);
    }

    private static Occurrences table(Call call) throws RefusedCallException {
        call.require(call.input().isScalar(), "a single value");
        return new Occurrences(call.input(), call.count(MOST, GREATEST_MOST));
    }

    private static Computation top(Call call) throws RefusedCallException {
        int k = call.count("k", GREATEST_K);
        return Computation.of(
                ValueType.list(call.input()),
                table(call),
                Occurrences.unlessTooMany((times, at) -> Frequencies.top(times, k)));
    }

    private static Computation percentile(Call call) throws RefusedCallException {
        return percentile(call, call.decimal(AT, 0, 1));
    }

    private static Computation percentile(Call call, BigDecimal share) throws RefusedCallException {
        call.requireNumber();
        LogBins bins = new LogBins(call.number(ERROR, LEAST_ERROR, GREATEST_ERROR));
        return Computation.<TreeMap<Integer, Long>>of(
                ValueType.DOUBLE, bins, (partial, at) -> bins.percentile(partial, share));
    }
}
