/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.freshet.row.ValueText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the online store holds of one entity. */
final class OnlineHash {

    /** In place of a number that is not there or is none. */
    private static final long NO_NUMBER = Long.MIN_VALUE;

    private final List<Column> columns;
    private final int version;
    private final Map<String, String> fields;

    /**
     * An answer of the online store.
     *
     * @param fields empty where there is no such key
     */
    OnlineHash(ViewPlan plan, Map<String, String> fields) {
        this.columns = plan.columns();
        this.version = plan.view().version();
        this.fields = fields;
    }

    boolean isMissing() {
        return fields.isEmpty();
    }

    long asOfMillis() {
        return number(OnlineKeys.AS_OF);
    }

    /** Whether it does not say as of when it is, as no row does. */
    boolean isMissingItsTime() {
        return asOfMillis() == NO_NUMBER;
    }

    /** A field as it is; {@code nothing} where there is none. */
    String text(String field) {
        return fields.getOrDefault(field, "nothing");
    }

    private long number(String field) {
        try {
            return Long.parseLong(fields.getOrDefault(field, ""));
        } catch (NumberFormatException e) {
            return NO_NUMBER;
        }
    }

    /** Whether the hash is of a later row (above 0), of this row (0), or of an earlier one (below 0). */
    int order(HistoryRow row) {
        int byVersion = Long.compare(number(OnlineKeys.VERSION), row.version());
        int byTime = Long.compare(asOfMillis(), row.asOfMillis());
        int bySeq = Long.compare(number(OnlineKeys.SEQ), row.seq());
        return byVersion != 0 ? byVersion : byTime != 0 ? byTime : bySeq;
    }

    /** The fields in which a hash of that row is not as it, each with what it should hold. */
    Map<String, String> differing(HistoryRow row) {
        Map<String, String> differing = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!holds(columns.get(i), row.values().get(i))) {
                differing.put(columns.get(i).name(), String.valueOf(row.values().get(i)));
            }
        }
        if (!OnlineFields.warming(fields).equals(row.warming())) {
            differing.put(OnlineKeys.WARMING, String.join(",", row.warming()));
        }
        return differing;
    }

    /** Whether it is that row but for its number, which is greater. */
    boolean isRenumbered(HistoryRow row) {
        return number(OnlineKeys.VERSION) == row.version()
                && asOfMillis() == row.asOfMillis()
                && differing(row).isEmpty();
    }

    /** Whether it is that row. */
    boolean isOf(Ending.Next row) {
        boolean isThere = number(OnlineKeys.VERSION) == version
                && asOfMillis() == row.asOfMillis()
                && number(OnlineKeys.SEQ) == row.seq();
        for (int i = 0; isThere && i < columns.size(); i++) {
            isThere = holds(columns.get(i), row.values()[i]);
        }
        return isThere;
    }

    private boolean holds(Column column, @Nullable Object expected) {
        String text = fields.get(column.name());
        if (text == null || expected == null) {
            return text == null && expected == null;
        }
        try {
            return Objects.equals(ValueText.parse(text, column.type()), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Which row it says it is of. */
    String place() {
        if (isMissingItsTime()) {
            return "a hash without " + OnlineKeys.AS_OF;
        }
        return place(text(OnlineKeys.VERSION), text(OnlineKeys.AS_OF), text(OnlineKeys.SEQ));
    }

    /** Which row that is. */
    static String place(HistoryRow row) {
        return place(String.valueOf(row.version()), String.valueOf(row.asOfMillis()), String.valueOf(row.seq()));
    }

    private static String place(String version, String asOf, String seq) {
        return "version " + version + " as of " + asOf + " number " + seq;
    }
}
