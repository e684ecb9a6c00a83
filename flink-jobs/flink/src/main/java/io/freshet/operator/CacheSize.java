/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import java.io.Serializable;

/**
 * How many entities a task holds in memory over state in RocksDB. On the heap all are in memory anyway.
 *
 * @param entities the number; 0: as memory allows
 * @param views views of the job, which share the memory; read where the number is 0
 */
public record CacheSize(int entities, int views) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MOST_BY_MEMORY = 100_000;
    private static final int FEWEST_BY_MEMORY = 1_000;
    private static final int SHARE_OF_HEAP = 4;

    /** An entity of four windows takes about 1 kB, one of 32 takes 3 kB. */
    private static final int BYTES_PER_ENTITY = 2_048;

    public CacheSize {
        if (entities < 0 || views < 1) {
            throw new IllegalArgumentException("Cannot hold " + entities + " entities in memory for each of " + views
                    + " views: expected 0 or more, and 1 or more");
        }
    }

    /** That many entities. */
    public static CacheSize of(int entities) {
        return new CacheSize(entities, 1);
    }

    /** A quarter of the heap among the tasks of all views, and 100,000 at most. */
    public static CacheSize byMemory(int views) {
        return new CacheSize(0, views);
    }

    /**
     * The number.
     *
     * @param heapBytes the heap of the process
     * @param slots tasks of each view in the process
     */
    int entities(long heapBytes, int slots) {
        if (entities > 0) {
            return entities;
        }
        long fit = heapBytes / SHARE_OF_HEAP / BYTES_PER_ENTITY / slots / views;
        return (int) Math.max(FEWEST_BY_MEMORY, Math.min(MOST_BY_MEMORY, fit));
    }
}
