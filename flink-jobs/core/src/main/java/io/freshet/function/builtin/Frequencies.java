/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.Reading;
import io.freshet.function.ValueOrder;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be made of how often each value occurs. Nothing here depends on the order of a map. */
final class Frequencies {

    private static final Comparator<Map.Entry<Object, Long>> MOST_FREQUENT_FIRST =
            Map.Entry.<Object, Long>comparingByValue().reversed().thenComparing(Map.Entry::getKey, ValueOrder::compare);

    private Frequencies() {}

    /** The most frequent value, of several the least; null of nothing. */
    static @Nullable Object mode(Map<Object, Long> times, Reading at) {
        return times.entrySet().stream()
                .min(MOST_FREQUENT_FIRST)
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /** The most frequent values, the most frequent first, of equally frequent ones the least; null of nothing. */
    static @Nullable List<Object> top(Map<Object, Long> times, int most) {
        return times.isEmpty()
                ? null
                : times.entrySet().stream()
                        .sorted(MOST_FREQUENT_FIRST)
                        .limit(most)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** Shannon's entropy in bits; null of nothing. Added up from the rarest value to the most frequent. */
    static @Nullable Object entropy(Map<Object, Long> times, Reading at) {
        long[] counts = times.values().stream().mapToLong(Long::longValue).toArray();
        if (counts.length == 0) {
            return null;
        }
        Arrays.sort(counts);
        double total = Arrays.stream(counts).sum();
        double sum = 0;
        for (long count : counts) {
            // Math.log may differ in the last bit from one run to the next.
            sum += count / total * StrictMath.log(total / count);
        }
        return sum / StrictMath.log(2);
    }

    /** The text of a value, as the online store has it. */
    static String text(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }
}
