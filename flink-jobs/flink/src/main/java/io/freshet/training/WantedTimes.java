/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The times at which each entity of a view is asked for, in memory. Of the rows of an entity that fall between two of
 * them only the last can be an answer.
 */
final class WantedTimes {

    /** No question comes after a row. */
    static final int NEVER = -1;

    private static final int FIRST_SIZE = 16;

    /** Of the memory there is, what all views and tasks together may take. */
    private static final int SHARE = 3;

    private final EntityNumbers entities = new EntityNumbers();

    /** By question, its time; once sorted, question by question of one entity after the other. */
    private long[] millis = new long[FIRST_SIZE];

    /** By question, the number of its entity. Not needed once sorted. */
    private int[] askedOf = new int[FIRST_SIZE];

    /** By number of the entity, its first question, and where the next entity's begin. */
    private int[] starts = {};

    private int questions;

    /**
     * About what one takes in memory, with what is held beside it.
     *
     * @param entityBytes of an entity
     * @param questionBytes of a question
     */
    record Footprint(int entityBytes, int questionBytes) {}

    /**
     * Those of one view of a request, which finds rows by time; empty where they would take more memory than that.
     *
     * @param part the entities that matter
     * @param mostBytes see {@link #budgetBytes}
     */
    static Optional<WantedTimes> read(
            TrainingRequest request, int view, EntityPart part, Footprint footprint, long mostBytes)
            throws IOException {
        WantedTimes wanted = new WantedTimes();
        long horizon = request.rules().horizonMillis();
        try (SpineReader spine = SpineReader.open(request, view)) {
            while (spine.next()) {
                Long time = spine.timeMillis();
                String key = spine.key(0);
                if (time != null && key != null && part.has(key)) {
                    wanted.add(key, time - horizon);
                    long bytes = footprint.entityBytes() * (long) wanted.entities.size()
                            + footprint.questionBytes() * (long) wanted.questions;
                    if (bytes > mostBytes) {
                        return Optional.empty();
                    }
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
        if (questions == millis.length) {
            millis = Arrays.copyOf(millis, 2 * questions);
            askedOf = Arrays.copyOf(askedOf, 2 * questions);
        }
        millis[questions] = time;
        askedOf[questions] = entities.add(key);
        questions++;
    }

    /** Makes ready to be asked. */
    void sort() {
        starts = new int[entities.size() + 1];
        for (int i = 0; i < questions; i++) {
            starts[askedOf[i] + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] next = starts.clone();
        long[] sorted = new long[questions];
        for (int i = 0; i < questions; i++) {
            sorted[next[askedOf[i]]++] = millis[i];
        }
        for (int i = 0; i < entities.size(); i++) {
            Arrays.sort(sorted, starts[i], starts[i + 1]);
        }
        millis = sorted;
        askedOf = new int[0];
    }

    /** How many entities are asked for. */
    int entities() {
        return entities.size();
    }

    /** How many questions there are. */
    int questions() {
        return questions;
    }

    /** The entity of that number. */
    String entity(int number) {
        return entities.key(number);
    }

    /** The number of an entity, from 0; {@link EntityNumbers#NONE} if nobody asks for it. */
    int number(String entity) {
        return entities.of(entity);
    }

    /** The numbers of many entities, see {@link EntityNumbers#of(String[], int, int[])}. */
    void numbers(String[] keys, int count, int[] numbers) {
        entities.of(keys, count, numbers);
    }

    /**
     * Which question, from 0 among all, is the first that a row from that moment could answer; {@link #NEVER} if none.
     *
     * @param entity its number
     */
    int first(int entity, long availableAtMillis) {
        int from = starts[entity];
        int to = starts[entity + 1] - 1;
        if (millis[to] < availableAtMillis) {
            return NEVER;
        }
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
