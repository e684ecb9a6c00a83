/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import io.freshet.row.HistoryRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The last row of each entity, by (as_of, seq). Where there are more than {@value #MOST} entities, those of a sample: the
 * ones whose hashes are below a bound that is halved each time they get too many, so that it depends on nothing but the
 * entities. Used by one thread at a time.
 */
public final class LatestRows {

    static final int MOST = 50_000;

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final long MIX = 0xff51afd7ed558ccdL;
    private static final int HALF = 33;

    private final Map<String, HistoryRow> rows = new HashMap<>();
    private int halvings;

    /** Takes a row. */
    public void add(HistoryRow row) {
        if (!isSampled(row.entity())) {
            return;
        }
        rows.merge(row.entity(), row, LatestRows::later);
        while (rows.size() > MOST) {
            halvings++;
            rows.keySet().removeIf(entity -> !isSampled(entity));
        }
    }

    private static HistoryRow later(HistoryRow one, HistoryRow other) {
        int order = Long.compare(one.asOfMillis(), other.asOfMillis());
        return order > 0 || order == 0 && one.seq() > other.seq() ? one : other;
    }

    private boolean isSampled(String entity) {
        return halvings == 0 || hash(entity) >>> (Long.SIZE - halvings) == 0;
    }

    /** FNV-1a over the characters, then the first steps of MurmurHash3's finalizer: its upper bits are all mixed. */
    private static long hash(String text) {
        long hash = BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        hash = (hash ^ hash >>> HALF) * MIX;
        return hash ^ hash >>> HALF;
    }

    /** The rows, in no order. */
    public Collection<HistoryRow> rows() {
        return rows.values();
    }

    /** The share of entities that were kept, 1 unless there were too many. */
    public double sampled() {
        return Math.scalb(1.0, -halvings);
    }
}
