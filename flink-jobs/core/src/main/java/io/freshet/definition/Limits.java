/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.ExpressionLimits;
import java.io.Serializable;

/**
 * What a deployment lets events and definitions ask of its jobs. An event beyond them is a dead letter, a definition is
 * refused.
 *
 * @param eventBytes most bytes of key and value of an event's record
 * @param keyLength most characters of an entity key
 * @param listLength most elements of a list that a view reads of an event
 * @param distinctValues most distinct values that a feature may keep: of {@code max_distinct}
 * @param expressions what CEL may cost
 */
public record Limits(int eventBytes, int keyLength, int listLength, int distinctValues, ExpressionLimits expressions)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where nobody says otherwise. An event, with what a dead letter says of it, fits what Kafka takes by default. */
    public static final Limits DEFAULT = new Limits(1_000_000, 1_024, 10_000, 1_000_000, ExpressionLimits.DEFAULT);

    /** Of definitions and events that were checked before. */
    public static final Limits NONE = new Limits(
            Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, ExpressionLimits.NONE);
}
