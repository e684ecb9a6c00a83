/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * From when on the events of all entities were known to have reached a time: where a watermark would have been.
 *
 * @param load number of the load
 * @param availableMillis from when it was known
 * @param reachedMillis greatest event time of all events that were available then, ms since 1970 UTC
 */
record Step(int load, long availableMillis, long reachedMillis) {

    private static final Comparator<Step> ORDER =
            Comparator.comparingInt(Step::load).thenComparingLong(Step::availableMillis);

    /** Steps are told to the minute, later rather than sooner: so there are not more of them than minutes. */
    private static final long MINUTE = 60_000;

    /** As Flink passes it on. */
    long[] toArray() {
        return new long[] {load, availableMillis, reachedMillis};
    }

    /** What {@link #toArray} gave. */
    static Step of(long[] array) {
        return new Step((int) array[0], array[1], array[2]);
    }

    /** Whether it was known before what came with that load and was available then. */
    boolean isBefore(int otherLoad, long otherAvailableMillis) {
        return load < otherLoad || (load == otherLoad && availableMillis < otherAvailableMillis);
    }

    /** Steps in order, each beyond those before it, of steps in any order. */
    static List<Step> climbing(Collection<Step> steps) {
        List<Step> sorted = new ArrayList<>(steps);
        sorted.sort(ORDER);
        List<Step> climbing = new ArrayList<>();
        long reached = Long.MIN_VALUE;
        for (Step step : sorted) {
            if (step.reachedMillis > reached) {
                reached = step.reachedMillis;
                climbing.add(step);
            }
        }
        return climbing;
    }

    /** Collects steps from events. */
    static final class Collected {

        private final List<TreeMap<Long, Long>> reached = new ArrayList<>();
        private final boolean toTheMinute;

        /**
         * None yet.
         *
         * @param toTheMinute whether many times of availability are to be expected
         */
        Collected(boolean toTheMinute) {
            this.toTheMinute = toTheMinute;
        }

        /** Takes an event. */
        void add(int load, long availableMillis, long timeMillis) {
            while (reached.size() <= load) {
                reached.add(new TreeMap<>());
            }
            long known = toTheMinute ? -Math.floorDiv(-availableMillis, MINUTE) * MINUTE : availableMillis;
            reached.get(load).merge(known, timeMillis, Math::max);
        }

        /** Those of the events so far that say more than those before them. */
        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            for (int load = 0; load < reached.size(); load++) {
                int number = load;
                reached.get(load).forEach((available, time) -> steps.add(new Step(number, available, time)));
            }
            return climbing(steps);
        }
    }
}
