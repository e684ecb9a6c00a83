/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Which events of a view's topics are among the dead letters, and why: a few bytes each. */
final class Letters implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<Integer, Offsets> late = new HashMap<>();
    private final Map<Integer, Offsets> refused = new HashMap<>();

    /** Adds an event that was late. */
    void addLate(int partition, long offset) {
        late.computeIfAbsent(partition, key -> new Offsets()).add(offset);
    }

    /** Adds an event that was put aside for another reason. */
    void addRefused(int partition, long offset) {
        refused.computeIfAbsent(partition, key -> new Offsets()).add(offset);
    }

    boolean isLate(int partition, long offset) {
        return has(late, partition, offset);
    }

    boolean isRefused(int partition, long offset) {
        return has(refused, partition, offset);
    }

    /** Whether the event was put aside, whatever the reason. */
    boolean has(int partition, long offset) {
        return isLate(partition, offset) || isRefused(partition, offset);
    }

    private static boolean has(Map<Integer, Offsets> of, int partition, long offset) {
        Offsets offsets = of.get(partition);
        return offsets != null && offsets.has(offset);
    }

    /** A set of numbers. */
    private static final class Offsets implements Serializable {
        private static final long serialVersionUID = 1L;

        private long[] numbers = new long[8];
        private int size;
        private boolean sorted;

        void add(long number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
            sorted = false;
        }

        boolean has(long number) {
            if (!sorted) {
                Arrays.sort(numbers, 0, size);
                sorted = true;
            }
            return Arrays.binarySearch(numbers, 0, size, number) >= 0;
        }
    }
}
