/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * How often each text occurs. Exact while there are no more than {@value #MOST} different ones; beyond that a count may be
 * too low by up to {@link #error()}, which is at most n / {@value #KEPT} of n texts, and rare texts may be missing: the
 * summary of Misra and Gries (1982), merged as by Agarwal et al. (Mergeable Summaries, PODS 2012). Used by one thread at a
 * time.
 */
public final class Categories {

    static final int MOST = 2048;
    static final int KEPT = 1024;
    private static final int LONGEST = 100;
    private static final int LG_REGISTERS = 12;
    private static final byte[] EMPTY_TEXT = {0};

    private final Map<String, Long> counts = new HashMap<>();
    private final Union distinct = new Union(LG_REGISTERS);
    private long total;
    private long error;

    /** Counts a text; of those longer than 100 characters a start and a hash are kept. */
    void add(String text) {
        if (text.isEmpty()) {
            distinct.update(EMPTY_TEXT); // the library passes over empty texts
        } else {
            distinct.update(text);
        }
        String kept = text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "... #" + Integer.toHexString(text.hashCode());
        counts.merge(kept, 1L, Long::sum);
        total++;
        fit();
    }

    /** Counts all that the other has, which stays as it is. */
    void merge(Categories other) {
        other.counts.forEach((text, count) -> counts.merge(text, count, Long::sum));
        distinct.update(other.distinct.getResult(TgtHllType.HLL_8));
        total += other.total;
        error += other.error;
        fit();
    }

    /** Takes the count of the first that is not kept away from all: each time from more than {@value #KEPT} at once. */
    private void fit() {
        if (counts.size() <= MOST) {
            return;
        }
        long[] sorted = counts.values().stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        long taken = sorted[sorted.length - 1 - KEPT];
        for (Iterator<Map.Entry<String, Long>> each = counts.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Long> entry = each.next();
            if (entry.getValue() <= taken) {
                each.remove();
            } else {
                entry.setValue(entry.getValue() - taken);
            }
        }
        error += taken;
    }

    /** How many texts were counted. */
    public long total() {
        return total;
    }

    /** How often a text occurs, too low by {@link #error()} at most; 0 if it is not known. */
    public long count(String text) {
        return counts.getOrDefault(text, 0L);
    }

    /** How much too low a count may be; 0 where all are exact. */
    public long error() {
        return error;
    }

    /** How many different texts there are, by HyperLogLog: standard error 1.6 %. */
    public long distinct() {
        return Math.round(distinct.getCompositeEstimate());
    }

    /** The most frequent texts, those of equal frequency in their order; at most that many. */
    public List<String> top(int most) {
        Comparator<Map.Entry<String, Long>> frequentFirst = Map.Entry.comparingByValue(Collections.reverseOrder());
        return counts.entrySet().stream()
                .sorted(frequentFirst.thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
    }
}
