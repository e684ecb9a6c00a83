/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times at which each entity of a view is asked for, in memory. Of the rows of an entity that fall between two of
 * them only the last can be an answer.
 */
final class WantedTimes {

    /** No question comes after a row. */
    static final int NEVER = -1;

    private static final int FIRST_SIZE = 2;

    /** About what an entity takes: its name, its place in the map, and the rows of it that {@link LastBefore} holds. */
    private static final int ENTITY_BYTES = 600;

    /** About what a question takes, in an array that doubles. */
    private static final int QUESTION_BYTES = 2 * Long.BYTES;

    /** Of the memory there is, what all views and tasks together may take. */
    private static final int SHARE = 3;

    private final Map<String, OfEntity> byEntity = new HashMap<>();

    /** The times at which one entity is asked for. */
    static final class OfEntity {
        /** From 0, among the entities that are asked for. */
        final int number;

        private long[] millis = new long[FIRST_SIZE];
        private int size;

        private OfEntity(int number) {
            this.number = number;
        }

        private void add(long time) {
            if (size == millis.length) {
                millis = Arrays.copyOf(millis, 2 * size);
            }
            millis[size++] = time;
        }

        /** Which question is the first that a row from that moment could answer, from 0; {@link #NEVER} if none. */
        int first(long availableAtMillis) {
            if (millis[size - 1] < availableAtMillis) {
                return NEVER;
            }
            int from = 0;
            int to = size - 1;
            while (from < to) {
                int middle = (from + to) >>> 1;
                if (millis[middle] >= availableAtMillis) {
                    to = middle;
                } else {
                    from = middle + 1;
                }
            }
            return from;
        }
    }

    /**
     * Those of one view of a request; empty where they would take more memory than that.
     *
     * @param mostBytes see {@link #budgetBytes}
     */
    static Optional<WantedTimes> read(TrainingRequest request, int view, long mostBytes) throws IOException {
        WantedTimes wanted = new WantedTimes();
        long horizon = request.rules().horizonMillis();
        long questions = 0;
        try (SpineReader spine = SpineReader.open(request, view)) {
            while (spine.next()) {
                Long time = spine.timeMillis();
                String key = spine.key(0);
                if (time != null && key != null) {
                    wanted.add(key, time - horizon);
                    questions++;
                }
                long bytes = ENTITY_BYTES * (long) wanted.byEntity.size() + QUESTION_BYTES * questions;
                if (bytes > mostBytes) {
                    return Optional.empty();
                }
            }
        }
        wanted.sort();
        return Optional.of(wanted);
    }

    /**
     * How much memory the questions of one view may take in one task, bytes, as if all ran in one JVM.
     *
     * @param memoryBytes what the JVM may take
     */
    static long budgetBytes(long memoryBytes, int views, int tasks) {
        return memoryBytes / SHARE / views / tasks;
    }

    /** Adds a question; all must be added before {@link #sort}. */
    void add(String key, long time) {
        byEntity.computeIfAbsent(key, entity -> new OfEntity(byEntity.size())).add(time);
    }

    /** Makes ready to be asked. */
    void sort() {
        byEntity.values().forEach(times -> Arrays.sort(times.millis, 0, times.size));
    }

    /** How many entities are asked for. */
    int size() {
        return byEntity.size();
    }

    /** The times of an entity; null if nobody asks for it. */
    @Nullable
    OfEntity of(String entity) {
        return byEntity.get(entity);
    }
}
