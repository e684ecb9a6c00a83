/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.history.LoggedRow;
import io.freshet.row.RowOrigin;
import io.freshet.verify.Tally.Count;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** The rows that the live job logged; those of backfills and batches are counted. */
final class LoggedItems extends AbstractStreamOperator<Item>
        implements OneInputStreamOperator<LoggedRow, Item>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private transient Tally tally;
    private transient LongCounter read;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    LoggedItems() {}

    @Override
    public void open() throws Exception {
        super.open();
        tally = new Tally();
        read = getRuntimeContext().getLongCounter(Verification.READ);
    }

    @Override
    public void processElement(StreamRecord<LoggedRow> record) {
        read.add(1);
        LoggedRow row = record.getValue();
        if (row.head().origin() == RowOrigin.LIVE) {
            output.collect(new StreamRecord<>(new Item.Logged(row, record.hasTimestamp() ? record.getTimestamp() : 0)));
        } else {
            tally.count(Count.OTHER_ROWS);
        }
    }

    @Override
    public void endInput() {
        getRuntimeContext().addAccumulator(Verification.TALLY + "rows", tally);
    }
}
