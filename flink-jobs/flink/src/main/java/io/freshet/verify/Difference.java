/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One thing that is not as a replay in the order of event time has it.
 *
 * @param cause why
 * @param view the view
 * @param entity the entity key; empty where an event has none
 * @param asOfMillis event time of the row, ms since 1970 UTC
 * @param column the column; empty where a whole row or event is meant
 * @param expected what the events give
 * @param found what is there
 */
public record Difference(
        Cause cause, String view, String entity, long asOfMillis, String column, String expected, String found)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public Difference {
        requireNonNull(cause, "cause");
        requireNonNull(view, "view");
        requireNonNull(entity, "entity");
        requireNonNull(column, "column");
        requireNonNull(expected, "expected");
        requireNonNull(found, "found");
    }
}
