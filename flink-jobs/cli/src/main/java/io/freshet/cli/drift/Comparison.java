/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import io.freshet.drift.ColumnDrift;
import io.freshet.drift.DriftReport;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A comparison as it is shown.
 *
 * @param view name of the view
 * @param baseline what it was
 * @param against what it is
 * @param report what they differ in
 */
public record Comparison(String view, Side baseline, Side against, DriftReport report) {

    /** {@code 2 of 26 columns drift}, of those that there are rows of. */
    String verdict() {
        int drift = report.of(ColumnDrift.Status.DRIFT).size();
        int all = compared().size();
        return switch (drift) {
            case 0 -> "none of " + all + " columns drifts";
            case 1 -> "1 of " + all + " columns drifts";
            default -> drift + " of " + all + " columns drift";
        };
    }

    /** The columns that both sides have rows of, the worst first. */
    List<ColumnDrift> compared() {
        return report.columns().stream()
                .filter(column -> column.status() != ColumnDrift.Status.NO_DATA)
                .toList();
    }

    /** Which columns one side has no rows of, and why; the empty text where there are none. */
    String notCompared() {
        List<ColumnDrift> without = report.of(ColumnDrift.Status.NO_DATA);
        return without.isEmpty()
                ? ""
                : "not compared, for one side has no values or only warming ones: "
                        + without.stream().map(ColumnDrift::name).collect(Collectors.joining(", "));
    }

    boolean hasLabels() {
        return report.columns().stream().anyMatch(column -> column.label().isPresent());
    }
}
