/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.CompactReader;
import io.freshet.row.FeastForm;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowIdentity;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A row in the form of {@link io.freshet.row.CompactSchema}, by itself or among the fields that Feast reads. */
final class OnlineBinary extends OnlineEntry {

    private static final RowIdentity NONE = new RowIdentity(Integer.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    private final List<Column> columns;
    private final CompactReader.@Nullable Row row;
    private final @Nullable String fault;
    private final @Nullable FeastForm feast;
    private final List<byte @Nullable []> features;

    private OnlineBinary(
            ViewPlan plan,
            CompactReader.@Nullable Row row,
            @Nullable String fault,
            @Nullable FeastForm feast,
            List<byte @Nullable []> features) {
        super(plan);
        this.columns = plan.columns();
        this.row = row;
        this.fault = fault;
        this.feast = feast;
        this.features = features;
    }

    /** There is no such key. */
    static OnlineEntry missing(ViewPlan plan) {
        return new OnlineBinary(plan, null, null, null, List.of());
    }

    /** What is there is no row of the view, as the text says. */
    static OnlineEntry unreadable(ViewPlan plan, String why) {
        return new OnlineBinary(plan, null, why, null, List.of());
    }

    /** A row by itself. */
    static OnlineEntry compact(ViewPlan plan, CompactReader.Row row) {
        return new OnlineBinary(plan, row, null, null, List.of());
    }

    /**
     * A row among the fields that Feast reads.
     *
     * @param features those fields, one per column; each must hold what the row says
     */
    static OnlineEntry feast(ViewPlan plan, CompactReader.Row row, FeastForm form, List<byte @Nullable []> features) {
        return new OnlineBinary(plan, row, null, form, features);
    }

    @Override
    boolean isMissing() {
        return row == null && fault == null;
    }

    @Override
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    @Override
    RowIdentity identity() {
        return row == null ? NONE : row.identity();
    }

    @Override
    List<String> warming() {
        return row == null ? List.of() : row.warming();
    }

    @Override
    boolean holds(int column, @Nullable Object expected) {
        return Objects.equals(requireNonNull(row).values()[column], expected)
                && (feast == null || Arrays.equals(features.get(column), feast.value(column, expected)));
    }

    @Override
    String text(String field) {
        CompactReader.Row found = requireNonNull(row);
        if (field.equals(OnlineKeys.WARMING)) {
            return String.join(",", found.warming());
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(field)) {
                Object value = found.values()[i];
                String text = value == null ? "nothing" : value.toString();
                boolean isForFeast = feast == null || Arrays.equals(features.get(i), feast.value(i, value));
                return isForFeast ? text : text + ", and for Feast another value";
            }
        }
        return "nothing";
    }
}
