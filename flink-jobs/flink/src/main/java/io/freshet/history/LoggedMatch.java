/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHeads;
import io.freshet.row.RowOrigin;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares a row with those of the same entity, as_of and seq that are in the history already. A complete value beats one
 * that is warming or that the row was written without; of two complete values a difference is a conflict.
 */
public final class LoggedMatch {

    /** What is to be done with a row. */
    public enum Verdict {
        /** Nothing that is there says as much: write it. */
        LACKING,
        /** It is there. */
        THERE,
        /** It is there, available after another delay. */
        THERE_WITH_OTHER_DELAY,
        /** Another is there in its place. */
        CONFLICT
    }

    private final List<String> columns;
    private final RowCodec codec;

    /**
     * For rows of that view.
     *
     * @param schemas all schemas that rows of its history were written under
     */
    public LoggedMatch(ViewPlan plan, LoggedSchemas schemas) {
        columns = plan.columns().stream().map(Column::name).toList();
        codec = schemas.codec(plan);
    }

    /** What is to be done with the row, by the rows of its place. */
    public Verdict compare(FeatureRow made, List<byte[]> there) {
        if (there.isEmpty()) {
            return Verdict.LACKING;
        }
        byte[] bytes = codec.encode(made, RowOrigin.BACKFILL);
        Verdict verdict = Verdict.LACKING;
        for (byte[] logged : there) {
            if (Arrays.equals(logged, bytes)) {
                return Verdict.THERE;
            }
            Verdict one = compare(codec.decode(bytes), codec.decode(logged));
            if (one == Verdict.THERE) {
                return one;
            }
            if (one == Verdict.CONFLICT && !RowHeads.isSameSchema(logged, bytes)) {
                // Of another set of features: windows that came or went shift the numbers of rows.
                one = Verdict.LACKING;
            }
            // One that says as much outdoes one that says less; neither outdoes a conflict.
            verdict = one.compareTo(verdict) > 0 ? one : verdict;
        }
        return verdict;
    }

    /** The first column of which another complete value is there; empty if there is none. */
    public Optional<String> difference(FeatureRow made, List<byte[]> there) {
        HistoryRow row = codec.decode(codec.encode(made, RowOrigin.BACKFILL));
        return there.stream()
                .map(logged -> difference(row, codec.decode(logged)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Verdict compare(HistoryRow made, HistoryRow logged) {
        if (difference(made, logged).isPresent()) {
            return Verdict.CONFLICT;
        }
        for (String column : columns) {
            if (!made.warming().contains(column) && logged.warming().contains(column)) {
                return Verdict.LACKING;
            }
        }
        return made.availableAtMillis() == logged.availableAtMillis() ? Verdict.THERE : Verdict.THERE_WITH_OTHER_DELAY;
    }

    private Optional<String> difference(HistoryRow made, HistoryRow logged) {
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            boolean bothComplete =
                    !made.warming().contains(column) && !logged.warming().contains(column);
            if (bothComplete
                    && !Objects.equals(made.values().get(i), logged.values().get(i))) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }
}
