/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.io.Serializable;

/**
 * How long an expression may be and what it may cost. Beside these stand bounds that nobody sets: 64 levels of nesting, and
 * 1,000 steps of all loops of one evaluation, beyond which it fails.
 *
 * @param length most characters, at most {@link #MOST_LENGTH}
 * @param cost most {@linkplain ExpressionCost steps} of one evaluation
 */
public record ExpressionLimits(int length, int cost) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Enough for any feature; a text beyond it is a program in the wrong place. */
    public static final int MOST_LENGTH = 4_096;

    /** Where nobody says otherwise. */
    public static final ExpressionLimits DEFAULT = new ExpressionLimits(MOST_LENGTH, 100_000);

    /** Of expressions that were checked before. */
    public static final ExpressionLimits NONE = new ExpressionLimits(MOST_LENGTH, Integer.MAX_VALUE);
}
