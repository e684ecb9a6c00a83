/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveReader;
import io.freshet.row.EntityKey;
import io.freshet.row.HistorySchema;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** What {@link Candidates} is to the history's topic, to files of its archive: what comes in are names of files. */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class ArchivedCandidates extends AbstractStreamOperator<JoinItem>
        implements OneInputStreamOperator<String, JoinItem>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private static final List<String> HEAD = List.of(
            OnlineKeys.AS_OF,
            OnlineKeys.AVAILABLE_AT,
            OnlineKeys.SEQ,
            OnlineKeys.VERSION,
            OnlineKeys.ORIGIN,
            OnlineKeys.WARMING);

    private final TrainingRequest request;
    private final int view;
    private final long memoryBytes;
    private final String directory;

    private final LongCounter read = new LongCounter();
    private final LongCounter otherVersions = new LongCounter();

    private transient int keys;
    private transient int version;
    private transient ViewColumns columns;
    private transient ReadOptions options;
    private transient Map<String, RowOrigin> origins;
    private transient ArchiveReader archive;
    private transient WantedRows rows;
    private transient LastBefore<@Nullable Object[]> candidates;

    /**
     * For a view of a request.
     *
     * @param memoryBytes see {@link TrainingSetJob#assemble}
     * @param directory the folder of archives
     */
    ArchivedCandidates(TrainingRequest request, int view, long memoryBytes, String directory) {
        this.request = request;
        this.view = view;
        this.memoryBytes = memoryBytes;
        this.directory = directory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        TrainingRequest.OfView of = request.views().get(view);
        columns = of.columns();
        version = of.version();
        keys = of.keyTypes().size();
        List<String> names = new ArrayList<>(HistorySchema.of(of.text().plan()).getFields().stream()
                .limit(keys)
                .map(Schema.Field::name)
                .toList());
        names.addAll(HEAD);
        names.addAll(columns.names());
        options = new ReadOptions(names);
        origins = new HashMap<>();
        for (RowOrigin origin : RowOrigin.values()) {
            origins.put(origin.name(), origin);
        }
        archive = ArchiveReader.open(Tables.path(directory), of.name());
        long budget = WantedTimes.budgetBytes(
                memoryBytes,
                request.views().size(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        rows = WantedRows.read(request, view, budget);
        candidates = new LastBefore<>(WantedTimes.read(request, view, budget), this::emit);
        getRuntimeContext().addAccumulator(Counts.of(of.name(), Counts.ARCHIVED), read);
        getRuntimeContext().addAccumulator(Counts.of(of.name(), Counts.ARCHIVED_OTHER_VERSIONS), otherVersions);
    }

    @Override
    public void processElement(StreamRecord<String> item) throws Exception {
        String name = item.getValue();
        ArchiveFile file = archive.files().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot read '" + name + "' of the archive of view '"
                        + request.views().get(view).name()
                        + "': a compaction has replaced it since; make the training set again"));
        try (TableReader reader = archive.open(file, options)) {
            for (@Nullable Object[] cells = reader.next(); cells != null; cells = reader.next()) {
                take(cells);
            }
        }
    }

    private void take(@Nullable Object[] cells) {
        read.add(1L);
        if ((Integer) present(cells, keys + 3) != version) {
            otherVersions.add(1L);
            return;
        }
        List<Object> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(present(cells, i));
        }
        long asOf = (Long) present(cells, keys);
        RowOrigin origin = origins.getOrDefault((String) present(cells, keys + 4), RowOrigin.LIVE);
        RowHead head =
                new RowHead(asOf, (Long) present(cells, keys + 1), (Long) present(cells, keys + 2), version, origin);
        String entity = EntityKey.format(key);
        if (rows.has(entity, head)) {
            candidates.add(entity, request.rules().placed(head), cells);
        }
    }

    private static Object present(@Nullable Object[] cells, int place) {
        Object cell = cells[place];
        if (cell == null) {
            throw new IllegalStateException("Cannot read a row of an archive: column " + place + " is null");
        }
        return cell;
    }

    private void emit(String entity, RowHead head, @Nullable Object[] cells) {
        BitSet warming = new BitSet();
        List<?> names = (List<?>) present(cells, keys + HEAD.size() - 1);
        for (int i = 0; !names.isEmpty() && i < columns.size(); i++) {
            warming.set(i, names.contains(columns.names().get(i)));
        }
        int first = keys + HEAD.size();
        @Nullable Object[] values = Arrays.copyOfRange(cells, first, first + columns.size());
        JoinItem.Sample sample = new JoinItem.Sample(view, entity, head, values, warming);
        output.collect(new StreamRecord<>(sample, sample.stamp()));
    }

    @Override
    public void endInput() {
        candidates.finish();
    }
}
