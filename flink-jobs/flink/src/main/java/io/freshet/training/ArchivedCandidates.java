/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.archive.ArchiveFile;
import io.freshet.archive.ArchiveReader;
import io.freshet.row.RowHead;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Candidates} is to the history's topic, to files of its archive: what comes in are names of files. They are
 * read twice: all rows, without their values, to find those that can be an answer; then the values of these alone. Where
 * the spine's questions do not fit in memory that is done for one part of the entities after the other.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class ArchivedCandidates extends AbstractStreamOperator<JoinItem>
        implements OneInputStreamOperator<String, JoinItem>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    /** Rather than to read files more often than that, all their rows are sorted. */
    private static final int MOST_PARTS = 16;

    /** The place of a row is the number of its file, and in so many bits the number of the row in the file, from 1. */
    private static final int ROW_BITS = 40;

    private final TrainingRequest request;
    private final int view;
    private final long memoryBytes;
    private final String directory;

    private final LongCounter read = new LongCounter();
    private final LongCounter otherVersions = new LongCounter();

    private transient int version;
    private transient ArchivedCells cells;
    private transient ArchiveReader archive;
    private transient List<ArchiveFile> files;
    private transient long budgetBytes;

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
        version = of.version();
        cells = new ArchivedCells(of);
        archive = ArchiveReader.open(Tables.path(directory), of.name());
        files = new ArrayList<>();
        budgetBytes = WantedTimes.budgetBytes(
                memoryBytes,
                request.views().size(),
                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks());
        getRuntimeContext().addAccumulator(Counts.of(of.name(), Counts.ARCHIVED), read);
        getRuntimeContext().addAccumulator(Counts.of(of.name(), Counts.ARCHIVED_OTHER_VERSIONS), otherVersions);
    }

    @Override
    public void processElement(StreamRecord<String> item) {
        String name = item.getValue();
        files.add(archive.files().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot read '" + name + "' of the archive of view '"
                        + request.views().get(view).name()
                        + "': a compaction has replaced it since; make the training set again")));
    }

    @Override
    public void endInput() throws IOException {
        if (files.isEmpty()) {
            return;
        }
        if (request.views().get(view).isOfServed()) {
            emitAll(WantedRows.read(request, view, budgetBytes)::has, true);
            return;
        }
        for (int parts = 1; parts <= MOST_PARTS; parts *= 2) {
            Optional<WantedTimes> first = wanted(new EntityPart(0, parts), budgetBytes);
            if (first.isPresent()) {
                emitNewest(first.get(), true);
                for (int number = 1; number < parts; number++) {
                    emitPart(new EntityPart(number, parts));
                }
                return;
            }
        }
        emitAll(WantedRows.ALL::has, true);
    }

    private void emitPart(EntityPart part) throws IOException {
        Optional<WantedTimes> wanted = wanted(part, budgetBytes);
        if (wanted.isPresent()) {
            emitNewest(wanted.get(), false);
        } else {
            // Few entities ask for most: their rows are sorted.
            emitAll((entity, head) -> part.has(entity), false);
        }
    }

    private Optional<WantedTimes> wanted(EntityPart part, long mostBytes) throws IOException {
        return WantedTimes.read(request, view, part, NewestBefore.FOOTPRINT, mostBytes);
    }

    private void emitAll(BiPredicate<String, RowHead> wanted, boolean counts) throws IOException {
        for (ArchiveFile file : files) {
            try (TableReader reader = open(file, cells.all())) {
                for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
                    if (counts) {
                        count(row);
                    }
                    String entity = cells.entity(row);
                    RowHead head = cells.head(row);
                    if (head.version() == version && wanted.test(entity, head)) {
                        emit(entity, request.rules().placed(head), row, cells.tailInAll());
                    }
                }
            }
        }
    }

    private void emitNewest(WantedTimes wanted, boolean counts) throws IOException {
        NewestBefore newest = new NewestBefore(wanted, version);
        for (int i = 0; i < files.size(); i++) {
            long place = (long) i << ROW_BITS;
            try (TableReader reader = open(files.get(i), cells.heads())) {
                for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
                    place++;
                    if (counts) {
                        count(row);
                    }
                    if (cells.version(row) == version) {
                        RowHead head = request.rules().placed(cells.head(row));
                        newest.add(cells.entity(row), head, cells.warmingCount(row), place);
                    }
                }
            }
        }
        emit(newest.found());
    }

    /** Reads the values of these rows, which are in order. */
    private void emit(List<NewestBefore.Found> found) throws IOException {
        int next = 0;
        for (int i = 0; i < files.size() && next < found.size(); i++) {
            long last = (long) i << ROW_BITS;
            long end = (long) (i + 1) << ROW_BITS;
            if (found.get(next).place() >= end) {
                continue;
            }
            try (TableReader reader = open(files.get(i), cells.tails())) {
                for (; next < found.size() && found.get(next).place() < end; next++) {
                    NewestBefore.Found each = found.get(next);
                    reader.skip(each.place() - last - 1);
                    last = each.place();
                    @Nullable Object[] row = reader.next();
                    if (row == null) {
                        throw new IllegalStateException(
                                "Cannot read '" + archive.path(files.get(i)) + "': it has fewer rows than before");
                    }
                    emit(each.entity(), each.head(), row, 0);
                }
            }
        }
    }

    /** Opens a file, unless the job was cancelled: Flink waits minutes for a task to end, not hours. */
    private TableReader open(ArchiveFile file, ReadOptions options) throws IOException {
        if (getContainingTask().isCanceled()) {
            throw new CancelTaskException("Cancelled before '" + archive.path(file) + "' was read");
        }
        return archive.open(file, options);
    }

    private void count(@Nullable Object[] row) {
        read.add(1L);
        if (cells.version(row) != version) {
            otherVersions.add(1L);
        }
    }

    private void emit(String entity, RowHead head, @Nullable Object[] row, int tail) {
        JoinItem.Sample sample =
                new JoinItem.Sample(view, entity, head, cells.values(row, tail), cells.warming(row, tail));
        output.collect(new StreamRecord<>(sample, sample.stamp()));
    }
}
