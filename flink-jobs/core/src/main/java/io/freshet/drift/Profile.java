/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a set of rows of one view: a profile of each column, and where labels are given of each column with the
 * label. Its size does not depend on how many rows there are. Used by one thread at a time.
 */
public final class Profile {

    /** In place of the moment that a row tells of: it does not say. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final Set<String> absent;
    private final List<ColumnProfile> columns = new ArrayList<>();
    private final List<LabelProfile> byLabel = new ArrayList<>();
    private final Moments labels = new Moments();
    private final SortedSet<Integer> versions = new TreeSet<>();
    private boolean binary = true;
    private long rows;
    private long earliestMillis = Long.MAX_VALUE;
    private long latestMillis = Long.MIN_VALUE;

    /** Of no rows. */
    public Profile(ViewPlan plan) {
        this(plan, Set.of());
    }

    /**
     * Of no rows.
     *
     * @param absent columns that the rows do not have: there are no values of them, not even nulls
     */
    public Profile(ViewPlan plan, Set<String> absent) {
        this.absent = Set.copyOf(absent);
        for (Column column : plan.columns()) {
            ColumnProfile profile = new ColumnProfile(column.name(), column.type());
            columns.add(profile);
            byLabel.add(new LabelProfile(profile));
        }
    }

    /** Takes a row of the history. */
    public void add(HistoryRow row) {
        place(row.asOfMillis());
        versions.add(row.version());
        for (int i = 0; i < columns.size(); i++) {
            ColumnProfile column = columns.get(i);
            if (row.warming().contains(column.name())) {
                column.addWarming();
            } else {
                column.add(row.values().get(i), row.asOfMillis());
            }
        }
    }

    /**
     * Takes a row of a training set.
     *
     * @param values one per column of the plan; null is SQL's null
     * @param asOfMillis the moment that the row tells of, ms since 1970 UTC; or {@link #NO_TIME}, and timestamps are absent
     * @param label what happened; finite; null where the row has none
     */
    public void add(List<? extends @Nullable Object> values, long asOfMillis, @Nullable Double label) {
        place(asOfMillis);
        if (label != null) {
            labels.add(label, 0);
            binary &= label == 0 || label == 1;
        }
        for (int i = 0; i < columns.size(); i++) {
            Object value = values.get(i);
            if (absent.contains(columns.get(i).name())) {
                continue;
            }
            columns.get(i).add(value, asOfMillis);
            if (label != null) {
                byLabel.get(i).add(value, asOfMillis, label);
            }
        }
    }

    private void place(long asOfMillis) {
        rows++;
        if (asOfMillis == NO_TIME) {
            return;
        }
        earliestMillis = Math.min(earliestMillis, asOfMillis);
        latestMillis = Math.max(latestMillis, asOfMillis);
    }

    /** Takes all rows of the other, which stays as it is. */
    public void merge(Profile other) {
        rows += other.rows;
        earliestMillis = Math.min(earliestMillis, other.earliestMillis);
        latestMillis = Math.max(latestMillis, other.latestMillis);
        versions.addAll(other.versions);
        binary &= other.binary;
        labels.merge(other.labels);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).merge(other.columns.get(i));
            byLabel.get(i).merge(other.byLabel.get(i));
        }
    }

    /** The columns, in the order of the plan. */
    public List<ColumnProfile> columns() {
        return List.copyOf(columns);
    }

    /** The columns with the label, in the order of the plan. */
    public List<LabelProfile> byLabel() {
        return List.copyOf(byLabel);
    }

    /** Number, mean and deviation of the labels. */
    public Moments labels() {
        return labels;
    }

    /** Whether there is no label but 0 and 1. */
    public boolean isBinary() {
        return binary;
    }

    /** How many rows. */
    public long rows() {
        return rows;
    }

    /** The least as_of, ms since 1970 UTC; {@link Long#MAX_VALUE} where there is none. */
    public long earliestMillis() {
        return earliestMillis;
    }

    /** The greatest as_of, ms since 1970 UTC; {@link Long#MIN_VALUE} where there is none. */
    public long latestMillis() {
        return latestMillis;
    }

    /** The versions of the view that made the rows; none where the rows do not say. */
    public SortedSet<Integer> versions() {
        return new TreeSet<>(versions);
    }
}
