/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowIdentity;
import io.freshet.row.ValueText;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row as a hash of texts. */
final class OnlineHash extends OnlineEntry {

    /** In place of a number that is not there or is none. */
    private static final long NO_NUMBER = Long.MIN_VALUE;

    private final List<Column> columns;
    private final Map<String, String> fields;

    /**
     * An answer of the online store.
     *
     * @param fields empty where there is no such key
     */
    OnlineHash(ViewPlan plan, Map<String, String> fields) {
        super(plan);
        this.columns = plan.columns();
        this.fields = fields;
    }

    @Override
    boolean isMissing() {
        return fields.isEmpty();
    }

    @Override
    Optional<String> fault() {
        return !isMissing() && number(OnlineKeys.AS_OF) == NO_NUMBER
                ? Optional.of("a hash without " + OnlineKeys.AS_OF)
                : Optional.empty();
    }

    @Override
    RowIdentity identity() {
        long version = number(OnlineKeys.VERSION);
        return new RowIdentity(
                (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, version)),
                number(OnlineKeys.AS_OF),
                number(OnlineKeys.SEQ));
    }

    @Override
    List<String> warming() {
        return OnlineFields.warming(fields);
    }

    @Override
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

    @Override
    boolean holds(int column, @Nullable Object expected) {
        String text = fields.get(columns.get(column).name());
        if (text == null || expected == null) {
            return text == null && expected == null;
        }
        try {
            return Objects.equals(ValueText.parse(text, columns.get(column).type()), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
