/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the rows of a view that can be an answer: of the rows of an entity between two questions only the last,
 * of those that were served and of those that were backfilled. Rows may come in any order; the more they come in order,
 * the fewer go through. Holds at most two rows per entity that is asked for.
 */
final class LastBefore<T> {

    /** Where rows go on. */
    interface Output<T> {
        void emit(String entity, RowHead head, T row);
    }

    /** What a question and an entity, with the rows of it that are held, take here and in {@link WantedTimes}. */
    static final WantedTimes.Footprint FOOTPRINT = new WantedTimes.Footprint(600, 24);

    private final @Nullable WantedTimes wanted;
    private final Output<T> out;

    /** By number of the entity. */
    private final List<@Nullable Held<T>> served;

    private final List<@Nullable Held<T>> backfilled;

    /** The newest row so far of an entity before one question, and of which question. */
    private static final class Held<T> {
        private final String entity;
        private int question;
        private RowHead head;
        private T row;

        private Held(String entity, int question, RowHead head, T row) {
            this.entity = entity;
            this.question = question;
            this.head = head;
            this.row = row;
        }
    }

    /**
     * Lets through what can answer these questions.
     *
     * @param wanted when entities are asked for; empty: that is not known, and all rows go through
     */
    LastBefore(Optional<WantedTimes> wanted, Output<T> out) {
        this.wanted = wanted.orElse(null);
        this.out = out;
        int entities = wanted.map(WantedTimes::entities).orElse(0);
        served = new ArrayList<>(Collections.nCopies(entities, null));
        backfilled = new ArrayList<>(Collections.nCopies(entities, null));
    }

    /** Takes a row. */
    void add(String entity, RowHead head, T row) {
        if (wanted == null) {
            out.emit(entity, head, row);
            return;
        }
        int number = wanted.number(entity);
        if (number == EntityNumbers.NONE) {
            return;
        }
        int question = wanted.first(number, head.availableAtMillis());
        if (question == WantedTimes.NEVER) {
            return;
        }
        List<@Nullable Held<T>> rows = head.origin() == RowOrigin.BACKFILL ? backfilled : served;
        Held<T> before = rows.get(number);
        if (before == null) {
            rows.set(number, new Held<>(entity, question, head, row));
            return;
        }
        if (before.question == question && before.head.compareTo(head) > 0) {
            return;
        }
        if (before.question != question) {
            out.emit(entity, before.head, before.row);
        }
        before.question = question;
        before.head = head;
        before.row = row;
    }

    /** Lets through what is held: no more rows come. */
    void finish() {
        finish(served);
        finish(backfilled);
    }

    private void finish(List<@Nullable Held<T>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            Held<T> held = rows.set(i, null);
            if (held != null) {
                out.emit(held.entity, held.head, held.row);
            }
        }
    }
}
