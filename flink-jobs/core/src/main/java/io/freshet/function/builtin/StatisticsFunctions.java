/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Finish;
import io.freshet.function.Parameter;
import java.util.List;

/** Functions of the group: moments of one or two fields, means of other kinds, and what they are made of. */
final class StatisticsFunctions {

    private static final String OF_PAIRS = "; events where either is null are passed over";

    private StatisticsFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(
                moments(
                        "skewness",
                        CentralMoments::skewness,
                        "Population skewness; null where all values are equal",
                        "g1 = m3 / m2^1.5 of central moments mk = sum of (x - mean)^k / n (Joanes and Gill 1998), as in"
                                + " Spark; 0 of two values"),
                moments(
                        "kurtosis",
                        CentralMoments::kurtosis,
                        "Population excess kurtosis, 0 of a normal distribution; null where all values are equal",
                        "g2 = m4 / m2^2 - 3 of central moments mk = sum of (x - mean)^k / n (Joanes and Gill 1998), as"
                                + " in Spark"),
                comoments(
                        "covariance",
                        CoMoments::covariance,
                        "Sample covariance with another number; null below two pairs",
                        "sum of (x - mean x) * (y - mean y) / (n - 1)"),
                comoments(
                        "covariance_pop",
                        CoMoments::covariancePop,
                        "Population covariance with another number",
                        "sum of (x - mean x) * (y - mean y) / n"),
                comoments(
                        "correlation",
                        CoMoments::correlation,
                        "Pearson's correlation with another number, -1 to 1; null where all x or all y are equal",
                        "covariance_pop / (stddev_pop of x * stddev_pop of y)"),
                weightedMean(),
                geometricMean(),
                truth("any", TruthCounts::any, "Whether it is true for one event or more", "or"),
                truth("all", TruthCounts::all, "Whether it is true for each event", "and"),
                ratio());
    }

    private static Description described(
            String summary, String definition, String inputs, String result, String error, String state) {
        return new Description(Description.Group.STATISTICS, summary, definition, inputs, result, "null", error, state);
    }

    private static FeatureFunction moments(
            String label, Finish<CentralMoments.Sums> finish, String summary, String definition) {
        return new NamedFunction(
                label,
                List.of(),
                call -> {
                    call.requireNumber();
                    return Computation.of(ValueType.DOUBLE, new CentralMoments(), finish);
                },
                described(
                        summary,
                        definition + "; merged as Pébay (2008). Sums of squared distances below 1e-140 count as 0",
                        NamedFunction.NUMBERS,
                        "double",
                        "rounding; null and counted where a power of a distance leaves the range of doubles",
                        "72 B, shared by skewness and kurtosis"));
    }

    private static FeatureFunction comoments(
            String label, Finish<CoMoments.Sums> finish, String summary, String definition) {
        return new NamedFunction(
                label,
                List.of(Parameter.required("with", Parameter.Kind.INPUT, "the other number, y")),
                call -> {
                    NamedFunction.requireNumbers(call, "with");
                    return Computation.of(ValueType.DOUBLE, new CoMoments(), finish);
                },
                described(
                        summary,
                        definition + OF_PAIRS + "; merged as Pébay (2008). Of a correlation, sums of squared distances"
                                + " below 1e-290 count as 0",
                        NamedFunction.NUMBERS + ", both",
                        "double",
                        "rounding; null and counted where it leaves the range of doubles",
                        "80 B, shared by covariance, covariance_pop and correlation"));
    }

    private static FeatureFunction weightedMean() {
        return new NamedFunction(
                "weighted_mean",
                List.of(Parameter.required("by", Parameter.Kind.INPUT, "the weight, a number")),
                call -> {
                    NamedFunction.requireNumbers(call, "by");
                    return Computation.of(ValueType.DOUBLE, new WeightedMeans(), WeightedMeans::mean);
                },
                described(
                        "Mean weighted by another number; null where the weights sum to 0",
                        "sum of w * x / sum of w, each sum of 106 bits; negative weights are taken as they are, so that"
                                + " they can take back others" + OF_PAIRS,
                        NamedFunction.NUMBERS + ", both",
                        "double",
                        "rounding; null and counted where a sum leaves the range of doubles",
                        "88 B"));
    }

    private static FeatureFunction geometricMean() {
        return new NamedFunction(
                "geometric_mean",
                List.of(),
                call -> {
                    call.requireNumber();
                    return Computation.of(ValueType.DOUBLE, new GeometricMeans(), GeometricMeans::mean);
                },
                described(
                        "Geometric mean of positive numbers; null where a value is 0 or below",
                        "exp(sum of ln x / n)",
                        NamedFunction.NUMBERS,
                        "double",
                        "rounding of the logarithm: less than 1e-12 of the value",
                        "64 B"));
    }

    private static FeatureFunction truth(
            String label, Finish<TruthCounts.Counts> finish, String summary, String operator) {
        return new NamedFunction(
                label,
                List.of(),
                call -> {
                    NamedFunction.requireBoolean(call);
                    return Computation.of(ValueType.BOOLEAN, new TruthCounts(false), finish);
                },
                described(
                        summary,
                        "logical " + operator + " of all values that are not null",
                        "boolean",
                        "boolean",
                        "exact",
                        "32 B, shared by any and all"));
    }

    private static FeatureFunction ratio() {
        return new NamedFunction(
                "ratio",
                List.of(Parameter.required("of", Parameter.Kind.INPUT, "which events count, a boolean")),
                call -> {
                    NamedFunction.requireBoolean(call);
                    call.require(1, "of", call.input(1).kind() == ValueType.Kind.BOOLEAN, "a boolean");
                    return Computation.of(ValueType.DOUBLE, new TruthCounts(true), TruthCounts::share);
                },
                described(
                        "Share of events for which it is true among those for which another is; null of none",
                        "n where both are true / n where 'of' is true" + OF_PAIRS,
                        "boolean, both",
                        "double, 0 to 1",
                        "rounding",
                        "32 B"));
    }
}
