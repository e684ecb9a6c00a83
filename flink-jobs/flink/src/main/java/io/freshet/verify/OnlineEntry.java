/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the online store holds of one entity, in whichever form. */
abstract class OnlineEntry {

    private final List<Column> columns;
    private final int version;

    OnlineEntry(ViewPlan plan) {
        columns = plan.columns();
        version = plan.view().version();
    }

    /** Whether there is no such key. */
    abstract boolean isMissing();

    /** Why it cannot be read as a row of the view; empty where it can. */
    abstract Optional<String> fault();

    /** Which row it says it is of; numbers that it does not tell are {@link Long#MIN_VALUE}. */
    abstract RowIdentity identity();

    /** Names of the columns that it says are warming. */
    abstract List<String> warming();

    /** Whether the column of that number holds that value. */
    abstract boolean holds(int column, @Nullable Object expected);

    /** A column or other field as it is; {@code nothing} where there is none. */
    abstract String text(String field);

    final long asOfMillis() {
        return identity().asOfMillis();
    }

    /** Whether it is of a later row (above 0), of this row (0), or of an earlier one (below 0). */
    final int order(HistoryRow row) {
        RowIdentity own = identity();
        int byVersion = Integer.compare(own.version(), row.version());
        int byTime = Long.compare(own.asOfMillis(), row.asOfMillis());
        int bySeq = Long.compare(own.seq(), row.seq());
        return byVersion != 0 ? byVersion : byTime != 0 ? byTime : bySeq;
    }

    /** The fields in which an entry of that row is not as it, each with what it should hold. */
    final Map<String, String> differing(HistoryRow row) {
        Map<String, String> differing = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!holds(i, row.values().get(i))) {
                differing.put(columns.get(i).name(), String.valueOf(row.values().get(i)));
            }
        }
        if (!warming().equals(row.warming())) {
            differing.put(OnlineKeys.WARMING, String.join(",", row.warming()));
        }
        return differing;
    }

    /** Whether it is that row but for its number, which is greater. */
    final boolean isRenumbered(HistoryRow row) {
        return identity().version() == row.version()
                && asOfMillis() == row.asOfMillis()
                && differing(row).isEmpty();
    }

    /** Whether it is that row. */
    final boolean isOf(Ending.Next row) {
        boolean isThere = identity().equals(new RowIdentity(version, row.asOfMillis(), row.seq()));
        for (int i = 0; isThere && i < columns.size(); i++) {
            isThere = holds(i, row.values()[i]);
        }
        return isThere;
    }

    /** Which row it says it is of, for messages. */
    String place() {
        return place(identity());
    }

    /** Which row that is. */
    static String place(HistoryRow row) {
        return place(new RowIdentity(row.version(), row.asOfMillis(), row.seq()));
    }

    private static String place(RowIdentity row) {
        return "version " + row.version() + " as of " + row.asOfMillis() + " number " + row.seq();
    }
}
