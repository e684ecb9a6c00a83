/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.expression.ValueType;
import io.freshet.function.Aging;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.FeatureFunction.MainInput;
import io.freshet.function.Parameter;
import io.freshet.function.Parameter.Kind;
import io.freshet.function.RefusedCallException;
import java.util.List;

/** Functions of the group: ages, rates and decayed sums. */
final class TimeFunctions {

    private static final String HALF_LIFE = "half_life";
    private static final double SECOND = 1_000.0;
    private static final List<Parameter> DECAY =
            List.of(Parameter.required(HALF_LIFE, Kind.DURATION, "the age at which an event counts half"));

    private TimeFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(
                ofEvents(
                        "rate",
                        List.of(),
                        TimeFunctions::rate,
                        facts(
                                "Events per second, or those whose input is not null, over the length of the window",
                                "n * 1000.0 / length in ms",
                                "double",
                                "0.0",
                                "rounding",
                                "40 B")),
                age("time_since_first", false, "Milliseconds since the earliest event, or the earliest with a value"),
                age("time_since_last", true, "Milliseconds since the latest event, or the latest with a value"),
                new NamedFunction(
                        "decayed_sum",
                        DECAY,
                        TimeFunctions::decayedSum,
                        decay("Sum of values that fade", "sum of x 2^(-age / half_life)", "null")),
                ofEvents(
                        "decayed_count",
                        DECAY,
                        TimeFunctions::decayedCount,
                        decay("Number of events that fade, or of values", "sum of 2^(-age / half_life)", "0.0")),
                new NamedFunction(
                        "decayed_mean",
                        DECAY,
                        TimeFunctions::decayedMean,
                        decay("Mean of values that fade", "decayed_sum / decayed_count", "null")));
    }

    private static Description facts(
            String summary, String definition, String result, String ofNothing, String error, String state) {
        return new Description(Group.TIME, summary, definition, "any, or *", result, ofNothing, error, state);
    }

    private static Description decay(String summary, String definition, String ofNothing) {
        return new Description(
                Group.TIME,
                summary + "; a reader can have it as of the moment of reading",
                definition,
                "long, double, decimal; decayed_count any, or *",
                "double",
                ofNothing,
                "rounding: at most 6e-15 of the same of |x|, 1.2e-14 of a mean, whatever the number of events; null and"
                        + " counted where a sum leaves the range of doubles, until 2,200 half-lives have passed",
                "about 100 B, shared by decayed_sum and decayed_mean");
    }

    private static FeatureFunction ofEvents(
            String label, List<Parameter> parameters, NamedFunction.Binding binding, Description description) {
        return new NamedFunction(label, MainInput.VALUES_OR_EVENTS, parameters, binding, description);
    }

    private static FeatureFunction age(String label, boolean latest, String summary) {
        Description description = facts(
                summary + "; a reader can have it as of the moment of reading",
                "as_of - time of the event; in a row of an event that counts, time_since_last is 0",
                "long",
                "null",
                "exact",
                "40 B");
        return ofEvents(
                label,
                List.of(),
                call -> Computation.aging(ValueType.LONG, new EdgeTime(latest), EdgeTime.AGE, Aging.GROWS),
                description);
    }

    private static Computation rate(Call call) throws RefusedCallException {
        if (call.windowMillis().isEmpty()) {
            throw RefusedCallException.ofInput("over a lifetime, which has no length: expected another window");
        }
        long length = call.windowMillis().getAsLong();
        // The product is exact, so that the quotient alone is rounded.
        return Computation.<long[]>of(
                ValueType.DOUBLE, new EdgeTime(true), (partial, at) -> partial[0] * SECOND / length);
    }

    private static Computation decayedSum(Call call) throws RefusedCallException {
        DecayAlgebra decayed = ofNumbers(call);
        return Computation.aging(ValueType.DOUBLE, decayed, decayed::sum, Aging.decays(decayed.halfLifeMillis()));
    }

    private static Computation decayedCount(Call call) throws RefusedCallException {
        DecayAlgebra decayed = new DecayAlgebra(call.millis(HALF_LIFE), true);
        return Computation.aging(ValueType.DOUBLE, decayed, decayed::count, Aging.decays(decayed.halfLifeMillis()));
    }

    /** Does not age: as time passes, sum and weight fade alike. */
    private static Computation decayedMean(Call call) throws RefusedCallException {
        DecayAlgebra decayed = ofNumbers(call);
        return Computation.of(ValueType.DOUBLE, decayed, decayed::mean);
    }

    private static DecayAlgebra ofNumbers(Call call) throws RefusedCallException {
        call.requireNumber();
        return new DecayAlgebra(call.millis(HALF_LIFE), false);
    }
}
