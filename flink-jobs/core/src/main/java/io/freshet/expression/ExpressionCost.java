/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import dev.cel.common.ast.CelExpr;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one evaluation of an expression may cost, in steps, told from its text alone: each name, literal and call is one step,
 * and the body of a loop ({@code all}, {@code exists}, {@code filter}, {@code map}) counts once for each element of a list
 * that is written out, and {@value #ELEMENTS} times for any other. An upper bound for branches; none for what single calls do
 * to long texts.
 */
final class ExpressionCost {

    /** Elements that a list is taken to have whose length shows only when it is there. */
    static final int ELEMENTS = 100;

    private ExpressionCost() {}

    /** The steps; {@link Long#MAX_VALUE} stands for more than can be counted. */
    static long of(CelExpr part) {
        return switch (part.getKind()) {
            case CONSTANT, IDENT, NOT_SET -> 1;
            case SELECT -> sum(1, of(part.select().operand()));
            case CALL ->
                sum(
                        1,
                        all(
                                Stream.concat(part.call().target().stream(), part.call().args().stream())
                                        .toList(),
                                ExpressionCost::of));
            case LIST -> sum(1, all(part.list().elements(), ExpressionCost::of));
            case STRUCT -> sum(1, all(part.struct().entries(), entry -> of(entry.value())));
            case MAP -> sum(1, all(part.map().entries(), entry -> sum(of(entry.key()), of(entry.value()))));
            case COMPREHENSION -> loop(part.comprehension());
        };
    }

    private static long loop(CelExpr.CelComprehension loop) {
        CelExpr range = loop.iterRange();
        long times = range.getKind() == CelExpr.ExprKind.Kind.LIST
                ? range.list().elements().size()
                : ELEMENTS;
        long body = product(times, sum(of(loop.loopCondition()), of(loop.loopStep())));
        return sum(sum(of(range), of(loop.accuInit())), sum(body, of(loop.result())));
    }

    private static <T> long all(Collection<T> parts, Function<T, Long> cost) {
        long all = 0;
        for (T part : parts) {
            all = sum(all, cost.apply(part));
        }
        return all;
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long product(long times, long cost) {
        return times != 0 && cost > Long.MAX_VALUE / times ? Long.MAX_VALUE : times * cost;
    }
}
