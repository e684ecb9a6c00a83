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
import java.util.List;

/** Functions of the group: values by order of time or of size. */
final class OrderFunctions {

    private static final int GREATEST_N = 1_000;
    private static final String BY_TIME = "order: event time, then partition, then offset";
    private static final Parameter N = Parameter.required("n", Kind.COUNT, "how many, up to 1000");

    private OrderFunctions() {}

    static List<FeatureFunction> all() {
        return List.of(
                items("first_n", false, false, "The n earliest values, the earliest first"),
                items("last_n", true, false, "The n latest values, the latest last"),
                items(
                        "first_distinct_n",
                        false,
                        true,
                        "The n values that were seen first, each once, by their first event"),
                items(
                        "last_distinct_n",
                        true,
                        true,
                        "The n values that were seen last, each once, by their last event"),
                one("nth", "The value of the n-th event from the start; null of fewer", call -> {
                    int n = call.count("n", GREATEST_N);
                    return Computation.<List<Item>>of(
                            call.input(),
                            new Items(call.input(), n, false, false),
                            (items, at) ->
                                    items.size() < n ? null : items.get(n - 1).value());
                }),
                one("lag", "The value n events before the latest; null of fewer", call -> {
                    int n = call.count("n", GREATEST_N);
                    return Computation.<List<Item>>of(
                            call.input(),
                            new Items(call.input(), n + 1, true, false),
                            (items, at) ->
                                    items.size() <= n ? null : items.get(0).value());
                }),
                bestBy("min_by", 1, "The value where another input is least; of several the earliest"),
                bestBy("max_by", -1, "The value where another input is greatest; of several the earliest"),
                extremes("top_n", -1, "The n greatest values, the greatest first"),
                extremes("bottom_n", 1, "The n least values, the least first"));
    }

    private static Description facts(String summary, String definition, String inputs, String result, String state) {
        return new Description(Group.ORDER, summary, definition, inputs, result, "null", "exact", state);
    }

    private static FeatureFunction items(String label, boolean latest, boolean distinct, String summary) {
        String definition = distinct ? BY_TIME + "; -0.0 and 0.0 are one value" : BY_TIME;
        Description description =
                facts(summary, definition, "any single value", "list", "about 56 B and the value for each of n");
        return new NamedFunction(
                label,
                List.of(N),
                call -> {
                    call.require(call.input().isScalar(), "a single value");
                    Items algebra = new Items(call.input(), call.count("n", GREATEST_N), latest, distinct);
                    return Computation.of(ValueType.list(call.input()), algebra, Items::values);
                },
                description);
    }

    private static FeatureFunction one(String label, String summary, NamedFunction.Binding binding) {
        Description description =
                facts(summary, BY_TIME, "any", "as the input", "about 56 B and the value for each of n");
        return new NamedFunction(label, List.of(N), binding, description);
    }

    private static FeatureFunction bestBy(String label, int sign, String summary) {
        Description description = facts(
                summary,
                "",
                "any, and 'by' a number, a timestamp or text",
                "as the input",
                "about 80 B and the values");
        Parameter by = Parameter.required("by", Kind.INPUT, "what is least or greatest");
        return new NamedFunction(label, List.of(by), call -> bestBy(call, sign), description);
    }

    private static Computation bestBy(Call call, int sign) throws RefusedCallException {
        call.require(1, "by", call.input(1).isOrdered(), "a number, a timestamp or text");
        return Computation.of(call.input(), new BestBy(call.input(), call.input(1), sign), BestBy::value);
    }

    private static FeatureFunction extremes(String label, int sign, String summary) {
        Description description = facts(
                summary,
                "equal values each count; texts by code points",
                "long, double, decimal, timestamp, string",
                "list",
                "about 24 B and the value for each of n");
        return new NamedFunction(
                label,
                List.of(N),
                call -> {
                    call.require(call.input().isOrdered(), "a number, a timestamp or text");
                    Extremes algebra = new Extremes(call.input(), call.count("n", GREATEST_N), sign);
                    return Computation.of(ValueType.list(call.input()), algebra, Extremes::values);
                },
                description);
    }
}
