/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import java.util.Locale;

/** Why something is not as a replay in the order of event time has it. */
public enum Cause {
    /**
     * A row that depends on the order in which events came: an earlier event was applied later. Proven: the engine gives
     * the row bit for bit in the order that the log tells, and events can have come in that order.
     */
    OUT_OF_ORDER(true),
    /** An event without a row, which is among the dead letters as late. */
    LATE(true),
    /** An event without a row, which is among the dead letters for another reason. */
    DEAD_LETTER(true),
    /** An event that gave no row of its own because the view coalesces: the number of the next row counts it. */
    COALESCED(true),
    /** An event that the job had not taken in, or still held back, when it last committed. */
    NOT_YET_WRITTEN(true),
    /** A row in a transaction that is not committed; right, where it is in the history's open transactions. */
    NOT_YET_COMMITTED(true),
    /** What would tell is gone: events or rows were deleted, or came before the job or the version of the view. */
    NOT_VERIFIABLE(true),
    /** An entity that is no longer in the online store, because its time to live is over. */
    EXPIRED_ONLINE(true),

    /** A number that is off by less than a billionth. Every bit is owed, so it is a difference, named apart. */
    FLOAT_ROUNDING(false),
    /** Another value than the events give. */
    WRONG_VALUE(false),
    /** A row that the events give and the history lacks. */
    MISSING_ROW(false),
    /** A row that no event and no expiry gives. */
    EXTRA_ROW(false),
    /** A row that the history has twice. */
    DUPLICATE_ROW(false),
    /** A row in an order in which events cannot have come, or that the view's emit rules out. */
    WRONG_ORDER(false),
    /** An event that no view can use and that is not among the dead letters. */
    DROPPED_EVENT(false),
    /** The online store holds something else than the newest row of the history. */
    WRONG_ONLINE(false),
    /** The oracle, which knows the events and none of the engine's code, has another value. */
    ORACLE_DISAGREES(false);

    private final boolean explained;

    Cause(boolean explained) {
        this.explained = explained;
    }

    /** Whether it is as it should be. */
    public boolean isExplained() {
        return explained;
    }

    /** As reports have it: {@code out of order}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
