/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example;

import io.freshet.expression.ValueType;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import io.freshet.function.RefusedCallException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code {weekend_share: "*", utc_offset: 2}}: which share of events is of a Saturday or Sunday. */
public final class WeekendShare implements FeatureFunction {

    private static final String OFFSET = "utc_offset";
    private static final double FARTHEST_HOURS = 18;
    private static final double HOUR_MILLIS = 3_600_000;

    @Override
    public String label() {
        return "weekend_share";
    }

    @Override
    public MainInput mainInput() {
        return MainInput.VALUES_OR_EVENTS;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.optional(OFFSET, Parameter.Kind.NUMBER, "0", "hours by which local time is ahead of UTC"));
    }

    @Override
    public Description description() {
        return new Description(
                Group.OTHER,
                "Share of events of a Saturday or Sunday",
                "events of the weekend / events, by event time",
                "any, or *",
                "double, 0 to 1",
                "null",
                "rounding",
                "16 B");
    }

    @Override
    public Computation bind(Call call) throws RefusedCallException {
        double hours = call.number(OFFSET, -FARTHEST_HOURS, FARTHEST_HOURS);
        return Computation.of(
                ValueType.DOUBLE, new WeekendDays(Math.round(hours * HOUR_MILLIS)), (partial, at) -> share(partial));
    }

    private static @Nullable Object share(WeekendDays.Counts counts) {
        return counts.all == 0 ? null : (Object) ((double) counts.weekend / counts.all);
    }
}
