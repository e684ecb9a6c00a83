/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

/**
 * From when on all events of an entity are known, and by how much the job numbers its rows higher than the engine does
 * here. Both start with the entity, unless the beginning is lost.
 */
final class Bearings {

    private final long longestExpiryMillis;
    private long completeSinceMillis;
    private long seqShift;

    /**
     * For entities of a view.
     *
     * @param longestExpiryMillis how long after an event its last tile leaves a window that ends
     */
    Bearings(long longestExpiryMillis) {
        this.longestExpiryMillis = longestExpiryMillis;
    }

    /** What follows is of another entity, all of whose events since then are known. */
    void begin(long sinceMillis) {
        completeSinceMillis = sinceMillis;
        seqShift = 0;
    }

    /** Event time since which all events are known; {@link Long#MIN_VALUE}: all there ever were. */
    long completeSinceMillis() {
        return completeSinceMillis;
    }

    /** Of the events before that moment some are not known. */
    void lostUpTo(long asOfMillis) {
        completeSinceMillis = Math.max(completeSinceMillis, asOfMillis);
    }

    /** Whether a row as of then may be of tiles whose events are not known. */
    boolean isInDoubt(long asOfMillis) {
        return asOfMillis - longestExpiryMillis < completeSinceMillis;
    }

    /** The number that the job gives a row that the engine numbers so. */
    long number(long engineSeq) {
        return engineSeq + seqShift;
    }

    /** The number that the engine gives a row that the job numbers so. */
    long engineNumber(long rowSeq) {
        return rowSeq - seqShift;
    }

    /** From now on the engine's number stands for that of the job. */
    void renumber(long rowSeq, long engineSeq) {
        seqShift = rowSeq - engineSeq;
    }

    /** The engine has made a row that the job has not. */
    void skip() {
        seqShift--;
    }
}
