/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Finish;
import io.freshet.function.Parameter;
import io.freshet.function.RefusedCallException;
import java.util.List;

/** Functions of the group: distinct values, frequencies and percentiles. */
final class DistributionFunctions {

    private static final String MAX_DISTINCT = "max_distinct";
    private static final int MOST_DISTINCT = 10_000_000;
    private static final int MOST_BARS = 10_000;
    private static final int MOST_TOP = 1_000;
    private static final Parameter BOUND = bound("100000");

    private static final String RELATIVE_ERROR = "relative_error";
    private static final Parameter ERROR = Parameter.optional(
            RELATIVE_ERROR,
            Parameter.Kind.NUMBER,
            "0.01",
            "how far the value may be from the true one, as a share of that; 0.001 to 0.5");

    private DistributionFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(countDistinct(), histogram(), mode(), entropy(), topK(), percentile(), median());
    }

    private static Parameter bound(String otherwise) {
        return Parameter.optional(
                MAX_DISTINCT, Parameter.Kind.COUNT, otherwise, "how many distinct values there may be; more give null");
    }

    /** What is made of the occurrences of a single value. */
    private static Computation ofOccurrences(
            Call call, ValueType result, int mostDistinct, Finish<Occurrences.Times> finish)
            throws RefusedCallException {
        call.require(call.input().isScalar(), "a single value");
        Occurrences occurrences = new Occurrences(call.input(), call.count(MAX_DISTINCT, mostDistinct));
        return Computation.of(result, occurrences, finish);
    }

    private static Description described(
            String summary, String definition, String result, String ofNothing, String error) {
        return new Description(
                Description.Group.DISTRIBUTION,
                summary + "; null and counted above max_distinct",
                definition,
                "any single value",
                result,
                ofNothing,
                error,
                "about 80 B, and the text, for each distinct value of a tile or window, up to max_distinct of them; shared by"
                        + " count_distinct, histogram, mode, entropy and top_k of equal max_distinct");
    }

    private static FeatureFunction countDistinct() {
        return new NamedFunction(
                "count_distinct",
                List.of(BOUND),
                call -> ofOccurrences(call, ValueType.LONG, MOST_DISTINCT, Frequencies::distinct),
                described(
                        "Number of distinct values",
                        "how often each value occurs is kept, so that tiles can leave; -0.0 and 0.0 are one value",
                        "long",
                        "0",
                        "exact"));
    }

    private static FeatureFunction histogram() {
        return new NamedFunction(
                "histogram",
                List.of(bound("1000")),
                call -> ofOccurrences(call, ValueType.map(ValueType.LONG), MOST_BARS, Frequencies::histogram),
                described(
                        "How often each value occurs, by its text",
                        "map from the text of x to n; timestamps by their milliseconds",
                        "map<long>",
                        "null",
                        "exact"));
    }

    private static FeatureFunction mode() {
        return new NamedFunction(
                "mode",
                List.of(BOUND),
                call -> ofOccurrences(call, call.input(), MOST_DISTINCT, Frequencies::mode),
                described(
                        "The most frequent value; of equally frequent ones the least",
                        "texts are ordered by code points, false is below true",
                        "as the input",
                        "null",
                        "exact"));
    }

    private static FeatureFunction entropy() {
        return new NamedFunction(
                "entropy",
                List.of(BOUND),
                call -> ofOccurrences(call, ValueType.DOUBLE, MOST_DISTINCT, Frequencies::entropy),
                described(
                        "Entropy of the frequencies in bits: 0 where all values are equal",
                        "sum of -p * log2 p over the share p of each distinct value (Shannon 1948)",
                        "double",
                        "null",
                        "rounding"));
    }

    private static FeatureFunction topK() {
        return new NamedFunction(
                "top_k",
                List.of(Parameter.required("k", Parameter.Kind.COUNT, "how many values, 1 to " + MOST_TOP), BOUND),
                call -> ofOccurrences(
                        call, ValueType.list(call.input()), MOST_DISTINCT, Frequencies.top(call.count("k", MOST_TOP))),
                described(
                        "The k most frequent values, the most frequent first; of equally frequent ones the least first",
                        "fewer where there are fewer distinct values; texts are ordered by code points",
                        "list of the input",
                        "null",
                        "exact"));
    }

    private static FeatureFunction percentile() {
        return new NamedFunction(
                "approx_percentile",
                List.of(Parameter.required("at", Parameter.Kind.NUMBER, "which one, 0 to 1: 0.95 is p95"), ERROR),
                call -> percentile(call, call.number("at", 0, 1)),
                ofBins("The value that the given share of values is not above, approximately"));
    }

    private static FeatureFunction median() {
        return new NamedFunction(
                "median",
                List.of(ERROR),
                call -> percentile(call, 0.5),
                ofBins("Median, approximately: approx_percentile at 0.5"));
    }

    private static Computation percentile(Call call, double quantile) throws RefusedCallException {
        call.requireNumber();
        LogarithmicBins bins = LogarithmicBins.within(call.number(RELATIVE_ERROR, 0.001, 0.5));
        return Computation.of(ValueType.DOUBLE, bins, bins.percentile(quantile));
    }

    private static Description ofBins(String summary) {
        return new Description(
                Description.Group.DISTRIBUTION,
                summary,
                "middle of the bin of the value of rank floor(at * (n - 1)) from 0, ascending; bins grow by (1 + e) /"
                        + " (1 - e) of relative_error e, as in DDSketch (Masson, Rim, Lee, VLDB 2019), and their counts"
                        + " are exact",
                NamedFunction.NUMBERS,
                "double",
                "null",
                "at most relative_error of the value of that rank; the same bits in any order of events",
                "12 B for each bin that holds a value: at 1 % about 115 for each power of ten, 145,000 over all doubles;"
                        + " inversely to relative_error. Shared by all percentiles of equal relative_error");
    }
}
