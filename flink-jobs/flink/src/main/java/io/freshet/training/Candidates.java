/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHead;
import java.util.BitSet;
import java.util.Optional;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Lets through those rows of one view's history that can be an answer, and reads their values. Where the spine's
 * questions fit in memory the sort behind it has the size of the spine, not of the history: see {@link LastBefore}.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class Candidates extends AbstractStreamOperator<JoinItem>
        implements OneInputStreamOperator<LoggedRow, JoinItem>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final TrainingRequest request;
    private final int view;
    private final long memoryBytes;
    private final LoggedSchemas schemas;

    private final LongCounter read = new LongCounter();
    private final LongCounter otherVersions = new LongCounter();

    private transient RowCodec codec;
    private transient ViewColumns columns;
    private transient int version;
    private transient WantedRows rows;
    private transient LastBefore<byte[]> candidates;

    /**
     * For a view of a request.
     *
     * @param memoryBytes see {@link TrainingSetJob#assemble}
     * @param schemas what the view's rows were written under
     */
    Candidates(TrainingRequest request, int view, long memoryBytes, LoggedSchemas schemas) {
        this.request = request;
        this.view = view;
        this.memoryBytes = memoryBytes;
        this.schemas = schemas;
    }

    @Override
    public void open() throws Exception {
        super.open();
        TrainingRequest.OfView of = request.views().get(view);
        codec = schemas.codec(of.text().plan());
        columns = of.columns();
        version = of.version();
        long budget = WantedTimes.budgetBytes(
                memoryBytes,
                request.views().size(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        rows = WantedRows.read(request, view, budget);
        // Of rows that the spine names any may be one that was served.
        Optional<WantedTimes> times = of.isOfServed()
                ? Optional.empty()
                : WantedTimes.read(request, view, EntityPart.ALL, LastBefore.FOOTPRINT, budget);
        candidates = new LastBefore<>(times, this::emit);
        getRuntimeContext().addAccumulator(Counts.of(of.name(), Counts.READ), read);
        getRuntimeContext().addAccumulator(Counts.of(of.name(), Counts.OTHER_VERSIONS), otherVersions);
    }

    @Override
    public void processElement(StreamRecord<LoggedRow> item) {
        LoggedRow row = item.getValue();
        read.add(1L);
        if (row.head().version() != version) {
            otherVersions.add(1L);
            return;
        }
        if (rows.has(row.entity(), row.head())) {
            candidates.add(row.entity(), request.rules().placed(row.head()), row.bytes());
        }
    }

    private void emit(String entity, RowHead head, byte[] bytes) {
        HistoryRow whole = codec.decode(bytes);
        @Nullable Object[] values = new Object[columns.size()];
        BitSet warming = new BitSet();
        for (int i = 0; i < values.length; i++) {
            values[i] = whole.values().get(columns.places().get(i));
            warming.set(i, whole.warming().contains(columns.names().get(i)));
        }
        JoinItem.Sample sample = new JoinItem.Sample(view, entity, head, values, warming);
        output.collect(new StreamRecord<>(sample, sample.stamp()));
    }

    @Override
    public void endInput() {
        candidates.finish();
    }
}
