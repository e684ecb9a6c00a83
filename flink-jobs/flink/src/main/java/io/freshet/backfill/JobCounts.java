/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Counts of one view in one task, as accumulators of the job; and the names that they all have. */
final class JobCounts implements Counts {

    private final Map<Count, LongCounter> counters = new EnumMap<>(Count.class);

    JobCounts(RuntimeContext context, String view) {
        for (Count count : Count.values()) {
            counters.put(count, context.getLongCounter(name(view, count)));
        }
    }

    @Override
    public void add(Count count) {
        LongCounter counter = counters.get(count);
        if (counter != null) {
            counter.add(1);
        }
    }

    /** How often that was counted in this task. */
    long of(Count count) {
        LongCounter counter = counters.get(count);
        return counter == null ? 0 : counter.getLocalValuePrimitive();
    }

    static String name(String view, Count count) {
        return "view/" + view + "/" + count.name().toLowerCase(Locale.ROOT);
    }

    /** What names of counts start with of what is read of a topic. */
    static String topic(String topic) {
        return "topic/" + topic;
    }

    /** What names of counts start with of what is read of files of events of a topic. */
    static String files(String topic) {
        return "files/" + topic;
    }

    /** Name of the number of records read there, events and others. */
    static String read(String where) {
        return where + "/read";
    }

    /** Name of the least event time there, ms. */
    static String first(String where) {
        return where + "/first";
    }

    /** Name of the greatest event time there, ms. */
    static String last(String where) {
        return where + "/last";
    }

    /** What the names start with of the numbers of records there that are no event of any view; the reason follows. */
    static String deadLetters(String where) {
        return where + "/dead_letters/";
    }

    /** What the names start with of the numbers of events that a view refuses; the reason follows. */
    static String viewDeadLetters(String view) {
        return "view/" + view + "/dead_letters/";
    }
}
