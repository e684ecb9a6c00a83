/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import io.freshet.definition.DriftLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the rows of a view differ in from those of a baseline.
 *
 * @param baseline the rows before
 * @param against the rows now
 * @param columns the columns, the worst first
 */
public record DriftReport(Profile baseline, Profile against, List<ColumnDrift> columns) {

    public DriftReport {
        columns = List.copyOf(columns);
    }

    /**
     * Compares two profiles of one view.
     *
     * @param limits what is too much
     */
    public static DriftReport compare(Profile baseline, Profile against, DriftLimits limits) {
        boolean binary = baseline.isBinary() && against.isBinary();
        List<ColumnDrift> columns = new ArrayList<>();
        for (int i = 0; i < baseline.columns().size(); i++) {
            ColumnProfile before = baseline.columns().get(i);
            Optional<LabelDrift> label =
                    LabelDrift.of(baseline.byLabel().get(i), against.byLabel().get(i), binary);
            columns.add(ColumnDrift.of(before, against.columns().get(i), label, limits.of(before.name())));
        }
        columns.sort(ColumnDrift.WORST_FIRST);
        return new DriftReport(baseline, against, columns);
    }

    /** Whether a threshold is crossed. */
    public boolean isDrift() {
        return !of(ColumnDrift.Status.DRIFT).isEmpty();
    }

    /** The columns of a status, the worst first. */
    public List<ColumnDrift> of(ColumnDrift.Status status) {
        return columns.stream().filter(column -> column.status() == status).toList();
    }
}
