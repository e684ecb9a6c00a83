/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import io.freshet.history.LoggedRow;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets through those rows that may be the newest of their entity: of what a task reads between two times its memory is
 * full, one row per entity. What is behind it sorts so much less. A record's timestamp is when its row was written.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class NewestHere extends AbstractStreamOperator<LoggedRow>
        implements OneInputStreamOperator<LoggedRow, LoggedRow>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** As the store decides between rows of one version. */
    static final Comparator<RowHead> ORDER =
            Comparator.comparingLong(RowHead::asOfMillis).thenComparingLong(RowHead::seq);

    /** Of an entry beside the bytes of its row and its key. */
    private static final int ENTRY_BYTES = 200;

    private final int version;
    private final long memoryBytes;

    private transient Map<String, StreamRecord<LoggedRow>> newest;
    private transient long heldBytes;
    private transient LongCounter read;
    private transient LongCounter backfilled;
    private transient LongCounter otherVersions;

    /**
     * For rows of one version.
     *
     * @param memoryBytes how much rows may take
     */
    NewestHere(int version, long memoryBytes) {
        this.version = version;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public void open() throws Exception {
        super.open();
        newest = new HashMap<>();
        read = getRuntimeContext().getLongCounter(Count.READ.label());
        backfilled = getRuntimeContext().getLongCounter(Count.BACKFILLED.label());
        otherVersions = getRuntimeContext().getLongCounter(Count.OTHER_VERSIONS.label());
    }

    @Override
    public void processElement(StreamRecord<LoggedRow> item) {
        LoggedRow row = item.getValue();
        read.add(1);
        if (row.head().version() != version) {
            otherVersions.add(1);
        } else if (row.head().origin() == RowOrigin.BACKFILL) {
            backfilled.add(1);
        } else {
            take(row, item);
        }
    }

    private void take(LoggedRow row, StreamRecord<LoggedRow> item) {
        StreamRecord<LoggedRow> known = newest.get(row.entity());
        if (known != null && ORDER.compare(known.getValue().head(), row.head()) >= 0) {
            return;
        }
        // A copy: with object reuse a source may give the same record again.
        newest.put(row.entity(), new StreamRecord<>(row, item.getTimestamp()));
        heldBytes += bytes(row) - (known == null ? 0 : bytes(known.getValue()));
        if (heldBytes > memoryBytes) {
            letThrough();
        }
    }

    private static long bytes(@Nullable LoggedRow row) {
        return row == null ? 0 : ENTRY_BYTES + 2L * row.entity().length() + row.bytes().length;
    }

    private void letThrough() {
        newest.values().forEach(output::collect);
        newest.clear();
        heldBytes = 0;
    }

    @Override
    public void endInput() {
        letThrough();
    }
}
