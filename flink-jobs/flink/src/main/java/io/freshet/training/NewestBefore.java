/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static java.util.Objects.requireNonNullElse;

import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a view that can be an answer, whatever the order in which they come: of the rows of an entity between
 * two questions only the last, of those that were served and of those that were backfilled. Holds where they are in
 * time and where they stand, not their values.
 */
final class NewestBefore {

    /** What a question and an entity take here and in {@link WantedTimes}. */
    static final WantedTimes.Footprint FOOTPRINT = new WantedTimes.Footprint(140, 140);

    // What is held per question, in one array: a row is looked at in one place in memory.
    private static final int AVAILABLE_AT = 0;
    private static final int AS_OF = 1;
    private static final int SEQ = 2;
    private static final int WARMING = 3;
    private static final int PLACE = 4;
    private static final int ENTITY = 5;
    private static final int WIDTH = 6;

    private static final int BATCH = 512;

    private final WantedTimes wanted;
    private final int version;

    /** By question, the newest row so far; its place is 0 where there is none. */
    private final long[] served;

    /** The same of rows that were backfilled; null as long as there were none. */
    private long @Nullable [] backfilled;

    private int found;

    // Rows that were not looked at yet.
    private final String[] entities = new String[BATCH];
    private final RowHead[] heads = new RowHead[BATCH];
    private final int[] warmings = new int[BATCH];
    private final long[] rowPlaces = new long[BATCH];
    private final int[] numbers = new int[BATCH];
    private final int[] questions = new int[BATCH];
    private int waiting;

    /**
     * A row that can be an answer.
     *
     * @param place where it is
     * @param head its place in time; of origins it tells only whether a backfill made it
     */
    record Found(long place, String entity, RowHead head) {}

    /**
     * For rows of that version of a view.
     *
     * @param wanted when they are asked for
     */
    NewestBefore(WantedTimes wanted, int version) {
        this.wanted = wanted;
        this.version = version;
        served = new long[Math.multiplyExact(WIDTH, wanted.questions())];
    }

    /**
     * Takes a row; it is looked at with those that come soon after.
     *
     * @param warming how many of its values were warming: of two rows of one moment the more complete one counts
     * @param place where it is, above 0, another for each row
     */
    void add(String entity, RowHead head, int warming, long place) {
        entities[waiting] = entity;
        heads[waiting] = head;
        warmings[waiting] = warming;
        rowPlaces[waiting] = place;
        waiting++;
        if (waiting == BATCH) {
            look();
        }
    }

    private void look() {
        wanted.numbers(entities, waiting, numbers);
        for (int i = 0; i < waiting; i++) {
            questions[i] = numbers[i] == EntityNumbers.NONE
                    ? WantedTimes.NEVER
                    : wanted.first(numbers[i], heads[i].availableAtMillis());
        }
        for (int i = 0; i < waiting; i++) {
            if (questions[i] != WantedTimes.NEVER) {
                look(questions[i], numbers[i], heads[i], warmings[i], rowPlaces[i]);
            }
        }
        waiting = 0;
    }

    private void look(int question, int entity, RowHead head, int warming, long place) {
        long[] rows = head.origin() == RowOrigin.BACKFILL ? backfilled() : served;
        int at = WIDTH * question;
        boolean isFirst = rows[at + PLACE] == 0;
        if (isFirst || isNewer(head, warming, rows, at)) {
            found += isFirst ? 1 : 0;
            rows[at + AVAILABLE_AT] = head.availableAtMillis();
            rows[at + AS_OF] = head.asOfMillis();
            rows[at + SEQ] = head.seq();
            rows[at + WARMING] = warming;
            rows[at + PLACE] = place;
            rows[at + ENTITY] = entity;
        }
    }

    private long[] backfilled() {
        long[] rows = backfilled;
        if (rows == null) {
            rows = new long[served.length];
            backfilled = rows;
        }
        return rows;
    }

    /** In the order of {@link RowHead}; of equal ones the last that has the fewest values warming. */
    private static boolean isNewer(RowHead head, int warming, long[] rows, int at) {
        if (head.availableAtMillis() != rows[at + AVAILABLE_AT]) {
            return head.availableAtMillis() > rows[at + AVAILABLE_AT];
        }
        if (head.asOfMillis() != rows[at + AS_OF]) {
            return head.asOfMillis() > rows[at + AS_OF];
        }
        return head.seq() == rows[at + SEQ] ? warming <= rows[at + WARMING] : head.seq() > rows[at + SEQ];
    }

    /** The rows that can be an answer, in the order of their places. No more can be added. */
    List<Found> found() {
        look();
        long[] places = new long[found];
        int next = places(served, places, 0);
        long[] other = requireNonNullElse(backfilled, new long[0]);
        places(other, places, next);
        Arrays.sort(places);
        // Of the row at each place, where what is held of it begins; of backfilled ones the complement.
        int[] held = new int[found];
        for (int at = 0; at < served.length; at += WIDTH) {
            if (served[at + PLACE] != 0) {
                held[Arrays.binarySearch(places, served[at + PLACE])] = at;
            }
        }
        for (int at = 0; at < other.length; at += WIDTH) {
            if (other[at + PLACE] != 0) {
                held[Arrays.binarySearch(places, other[at + PLACE])] = ~at;
            }
        }
        return new AbstractList<>() {
            @Override
            public Found get(int index) {
                int at = held[index];
                return at < 0 ? row(other, ~at, RowOrigin.BACKFILL) : row(served, at, RowOrigin.LIVE);
            }

            @Override
            public int size() {
                return held.length;
            }
        };
    }

    private static int places(long[] rows, long[] places, int first) {
        int next = first;
        for (int at = PLACE; at < rows.length; at += WIDTH) {
            if (rows[at] != 0) {
                places[next++] = rows[at];
            }
        }
        return next;
    }

    private Found row(long[] rows, int at, RowOrigin origin) {
        return new Found(
                rows[at + PLACE],
                wanted.entity((int) rows[at + ENTITY]),
                new RowHead(rows[at + AS_OF], rows[at + AVAILABLE_AT], rows[at + SEQ], version, origin));
    }
}
