/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.history.LoggedRow;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Counts rows that pass. */
final class RowCount extends RichMapFunction<LoggedRow, LoggedRow> {
    private static final long serialVersionUID = 1L;

    private final LongCounter rows = new LongCounter();

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().addAccumulator(ArchiveJob.ROWS_READ, rows);
    }

    @Override
    public LoggedRow map(LoggedRow row) {
        rows.add(1L);
        return row;
    }
}
