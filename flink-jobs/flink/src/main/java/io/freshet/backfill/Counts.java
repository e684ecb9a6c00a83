/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

/** What a replay counts. One thread at a time. */
interface Counts {

    /** One more of that. */
    void add(Count count);

    /** What is counted of a view. */
    enum Count {
        /** Events of the view, after its filter. */
        EVENTS,
        /** Events left out because topic and files both have them: of the topic before the cut, of files from it on. */
        OVERLAP,
        /** Rows made, of the time that is asked for. */
        MADE,
        /** Of these: in the history already. */
        THERE,
        /** Of these: in the history already, available after another delay. */
        OTHER_DELAY,
        /** Of these: another is in the history in its place. */
        CONFLICT,
        /** Of these: not in the history, to be written. */
        LACKING,
        /** Rows made of times from which live rows are complete: left to them. */
        LIVE,
        /** Rows of earlier backfills, of the time that is asked for, that this replay does not make. */
        NOT_MADE
    }
}
