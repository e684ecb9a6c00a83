/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.util.Locale;

/** Why an event is put aside. */
public enum DeadLetterReason {
    /** The bytes are not an event of the schema. */
    UNDECODABLE,
    /** The schema that the bytes say they were written with is known nowhere. */
    UNKNOWN_SCHEMA,
    /** The schema that the bytes were written with cannot be read as the view's. */
    INCOMPATIBLE_SCHEMA,
    /** Key and value of its record are larger than the deployment lets them be. */
    TOO_LARGE,
    /** The entity key is longer than the deployment lets it be. */
    KEY_TOO_LONG,
    /** A list that a view reads is longer than the deployment lets it be. */
    LIST_TOO_LONG,
    /** A field of the entity key is null. */
    NULL_KEY,
    /** The event time is null. */
    MISSING_TIME,
    /** The event time is further ahead of the clock than the view allows. */
    FUTURE_TIME,
    /** An input is NaN or infinite, and the view wants no such event. */
    NON_FINITE,
    /** No window can use the event any more. */
    LATE;

    /** As written in the header of a dead letter and in metrics: {@code null_key}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
