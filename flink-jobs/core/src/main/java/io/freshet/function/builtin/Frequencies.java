/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Finish;
import io.freshet.function.Reading;
import io.freshet.function.builtin.Occurrences.Entry;
import io.freshet.function.builtin.Occurrences.Times;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is made of {@link Occurrences}; all of it is null, and counted, where there were too many distinct values. */
final class Frequencies {

    private Frequencies() {}

    /** Number of distinct values; 0 of nothing. */
    static @Nullable Object distinct(Times times, Reading at) {
        return times.isTooMany() ? at.overflow() : (Object) (long) times.distinct();
    }

    /** The text of each value, and how often it occurs; null of nothing. */
    static @Nullable Object histogram(Times times, Reading at) {
        if (times.isTooMany() || times.distinct() == 0) {
            return times.isTooMany() ? at.overflow() : null;
        }
        Map<String, Object> histogram = new TreeMap<>();
        times.entries().forEach(entry -> histogram.put(entry.value().toString(), entry.times()));
        return Collections.unmodifiableMap(histogram);
    }

    /** The most frequent value, of equally frequent ones the least; null of nothing. */
    static @Nullable Object mode(Times times, Reading at) {
        if (times.isTooMany() || times.distinct() == 0) {
            return times.isTooMany() ? at.overflow() : null;
        }
        return Collections.min(times.entries(), Entry.MOST_FREQUENT_FIRST).value();
    }

    /** Shannon's entropy in bits: the sum of -p * log2 p over shares p of distinct values; null of nothing. */
    static @Nullable Object entropy(Times times, Reading at) {
        if (times.isTooMany() || times.distinct() == 0) {
            return times.isTooMany() ? at.overflow() : null;
        }
        long[] counts = times.entries().stream().mapToLong(Entry::times).toArray();
        // Sorted, for the order of the terms shows in the last bits of their sum.
        Arrays.sort(counts);
        double all = Arrays.stream(counts).sum();
        double nats = 0;
        for (long count : counts) {
            nats -= count / all * StrictMath.log(count / all);
        }
        return nats / StrictMath.log(2);
    }

    /**
     * The most frequent values, those of equal frequency the least first; null of nothing.
     *
     * @param most how many there are at most
     */
    static Finish<Times> top(int most) {
        return (times, at) -> {
            if (times.isTooMany() || times.distinct() == 0) {
                return times.isTooMany() ? at.overflow() : null;
            }
            return top(times.entries(), most);
        };
    }

    private static List<Object> top(List<Entry> entries, int most) {
        PriorityQueue<Entry> kept = new PriorityQueue<>(Entry.MOST_FREQUENT_FIRST.reversed());
        for (Entry entry : entries) {
            kept.add(entry);
            if (kept.size() > most) {
                kept.remove();
            }
        }
        return kept.stream().sorted(Entry.MOST_FREQUENT_FIRST).map(Entry::value).toList();
    }
}
