/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Algebra;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Finish;
import io.freshet.function.Parameter;
import io.freshet.function.Parameter.Kind;
import io.freshet.function.RefusedCallException;
import java.util.List;

/** Functions of the group: moments of one or two fields, means of other kinds, and what they are made of. */
final class StatisticsFunctions {

    private static final String NUMBERS = "long, double, decimal";
    private static final String ROUNDING = "rounding";
    private static final String WITH = "with";

    private StatisticsFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(
                ofOne(
                        "skewness",
                        new Moments(),
                        Moments::skewness,
                        moments(
                                "Population skewness; null where all values are equal",
                                "g1 = m3 / m2^(3/2), m the central moments")),
                ofOne(
                        "kurtosis",
                        new Moments(),
                        Moments::kurtosis,
                        moments("Population excess kurtosis; null where all values are equal", "g2 = m4 / m2^2 - 3")),
                ofTwo(
                        "covariance",
                        WITH,
                        "the other number",
                        new CoMoments(),
                        CoMoments::sample,
                        coMoments(
                                "Sample covariance with another number; null below two pairs",
                                "sum of (x - mean x)(y - mean y) / (n - 1)")),
                ofTwo(
                        "covariance_pop",
                        WITH,
                        "the other number",
                        new CoMoments(),
                        CoMoments::population,
                        coMoments("Population covariance with another number", "sum of (x - mean x)(y - mean y) / n")),
                ofTwo(
                        "correlation",
                        WITH,
                        "the other number",
                        new CoMoments(),
                        CoMoments::correlation,
                        coMoments(
                                "Pearson's correlation with another number, -1 to 1; null where one of them never changes",
                                "covariance / (stddev x * stddev y)")),
                ofTwo(
                        "weighted_mean",
                        "by",
                        "the weight",
                        new Means.Weighted(),
                        Means.Weighted::value,
                        facts(
                                "Mean of values that count by a weight; null where the weights sum to zero",
                                "sum of w x / sum of w; a weight may be negative",
                                "40 B")),
                ofOne(
                        "geometric_mean",
                        new Means.Geometric(),
                        Means.Geometric::value,
                        facts("Geometric mean; null where a value is not above zero", "exp(mean of ln x)", "40 B")),
                truth("any", Truths::any, "Whether the input is true for any event", "boolean"),
                truth("all", Truths::all, "Whether the input is true for each event", "boolean"),
                new Builtin(
                        "ratio",
                        new Description(
                                Group.STATISTICS,
                                "Share of the events that fulfil one condition, among those that fulfil another",
                                "events with the input and 'of' true / events with 'of' true",
                                "boolean, and 'of' boolean",
                                "double",
                                "null",
                                "exact",
                                "32 B"),
                        List.of(Parameter.required("of", Kind.INPUT, "the condition that makes the whole")),
                        StatisticsFunctions::ratio));
    }

    private static Description facts(String summary, String definition, String state) {
        return new Description(Group.STATISTICS, summary, definition, NUMBERS, "double", "null", ROUNDING, state);
    }

    private static Description moments(String summary, String definition) {
        return facts(summary, definition + "; merged as Pébay (2008)", "56 B, shared by skewness and kurtosis");
    }

    private static Description coMoments(String summary, String definition) {
        return facts(summary, definition + "; merged as Pébay (2008)", "64 B, shared by covariances and correlation");
    }

    private static FeatureFunction ofOne(
            String label, Algebra<double[]> algebra, Finish<double[]> finish, Description description) {
        return new Builtin(label, description, List.of(), call -> {
            call.requireNumber();
            return Computation.of(ValueType.DOUBLE, algebra, finish);
        });
    }

    private static FeatureFunction ofTwo(
            String label,
            String other,
            String meaning,
            Algebra<double[]> algebra,
            Finish<double[]> finish,
            Description description) {
        List<Parameter> parameters = List.of(Parameter.required(other, Kind.INPUT, meaning));
        return new Builtin(label, description, parameters, call -> {
            call.requireNumber();
            call.require(1, other, call.input(1).isNumber(), "a number");
            return Computation.of(ValueType.DOUBLE, algebra, finish);
        });
    }

    private static FeatureFunction truth(String label, Finish<long[]> finish, String summary, String result) {
        Description description = new Description(
                Group.STATISTICS, summary, "", "boolean", result, "null", "exact", "32 B, shared by any and all");
        return new Builtin(label, description, List.of(), call -> {
            requireBoolean(call);
            return Computation.of(ValueType.BOOLEAN, new Truths(), finish);
        });
    }

    private static void requireBoolean(Call call) throws RefusedCallException {
        call.require(call.input().kind() == ValueType.Kind.BOOLEAN, "a boolean");
    }

    private static Computation ratio(Call call) throws RefusedCallException {
        requireBoolean(call);
        call.require(1, "of", call.input(1).kind() == ValueType.Kind.BOOLEAN, "a boolean");
        return Computation.of(ValueType.DOUBLE, new Truths.Among(), Truths::share);
    }
}
