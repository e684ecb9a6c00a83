/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells which columns of a row are warming: their window reaches back to before the job had seen all events.
 * Immutable; costs one comparison for a row that is complete.
 */
public final class Warming {

    private final List<Column> columns;
    private final boolean hasLifetime;
    private final long reachMillis;

    /** Over the columns of a plan. */
    public Warming(List<Column> columns) {
        this.columns = List.copyOf(columns);
        hasLifetime = columns.stream().anyMatch(column -> column.window().isLifetime());
        reachMillis = columns.stream()
                .map(Column::window)
                .filter(window -> !window.isLifetime())
                .mapToLong(Window::memoryMillis)
                .max()
                .orElse(0);
    }

    /** Names of the warming columns of a row, in the order of the plan. */
    public List<String> columns(Row row) {
        return row instanceof FeatureRow made ? columns(made) : ((HistoryRow) row).warming();
    }

    private List<String> columns(FeatureRow row) {
        CompleteSince since = row.completeSince();
        return since.isAlike()
                ? columns(row.asOfMillis(), since.millis())
                : IntStream.range(0, columns.size())
                        .filter(column ->
                                !isComplete(columns.get(column).window(), row.asOfMillis(), since.millis(column)))
                        .mapToObj(column -> columns.get(column).name())
                        .toList();
    }

    /**
     * Names of the warming columns, in the order of the plan.
     *
     * @param asOfMillis event time of the row
     * @param completeSinceMillis event time since which all events were seen; {@link Long#MIN_VALUE}: all there ever were
     */
    public List<String> columns(long asOfMillis, long completeSinceMillis) {
        if (completeSinceMillis == Long.MIN_VALUE
                || (!hasLifetime && asOfMillis - reachMillis >= completeSinceMillis)) {
            return List.of();
        }
        List<String> warming = new ArrayList<>();
        for (Column column : columns) {
            if (!isComplete(column.window(), asOfMillis, completeSinceMillis)) {
                warming.add(column.name());
            }
        }
        return warming;
    }

    /** Whether a value over that window draws only on events of {@code [completeSinceMillis, asOfMillis]}. */
    public static boolean isComplete(Window window, long asOfMillis, long completeSinceMillis) {
        if (window.isLifetime() || completeSinceMillis == Long.MIN_VALUE) {
            return completeSinceMillis == Long.MIN_VALUE;
        }
        long tail = asOfMillis - window.reachMillis();
        return tail - Math.floorMod(tail, window.hopMillis()) >= completeSinceMillis;
    }
}
