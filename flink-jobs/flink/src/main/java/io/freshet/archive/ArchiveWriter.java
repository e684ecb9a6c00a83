/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.operator.PlanSource;
import io.freshet.row.RowCodec;
import io.freshet.table.TableFormat;
import io.freshet.table.TableWriter;
import io.freshet.table.Tables;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, which come day by day, to staged files: one for each day, and another after {@link #MOST_ROWS}. Emits a
 * manifest's entry for each file, as JSON.
 */
final class ArchiveWriter extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<LoggedRow, String>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    private static final long MOST_ROWS = 5_000_000;

    /** A file that is being written. */
    private static final class OpenFile {
        private final String name;
        private final long day;
        private final TableWriter out;
        private long rows;
        private long minAsOf = Long.MAX_VALUE;
        private long maxAsOf = Long.MIN_VALUE;

        OpenFile(String name, long day, TableWriter out) {
            this.name = name;
            this.day = day;
            this.out = out;
        }
    }

    private final PlanSource plan;
    private final LoggedSchemas schemas;
    private final URI root;
    private final long generation;
    private final String run;
    private final HashMap<Integer, long[]> offsets = new HashMap<>();

    private transient Archive archive;
    private transient RowCodec codec;
    private transient ArchiveColumns columns;
    private transient LongCounter written;
    private transient @Nullable OpenFile open;
    private transient int filesMade;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    ArchiveWriter(
            PlanSource plan,
            LoggedSchemas schemas,
            URI root,
            long generation,
            String run,
            Map<Integer, OffsetRange> offsets) {
        this.plan = plan;
        this.schemas = schemas;
        this.root = root;
        this.generation = generation;
        this.run = run;
        offsets.forEach((partition, range) -> this.offsets.put(partition, new long[] {range.from(), range.to()}));
    }

    /** The day, UTC, of a moment: days since 1970. */
    static long day(long millis) {
        return Math.floorDiv(millis, MILLIS_PER_DAY);
    }

    @Override
    public void open() throws Exception {
        super.open();
        archive = Archive.at(new Path(root));
        codec = schemas.codec(plan.plan());
        columns = new ArchiveColumns(plan.plan());
        written = new LongCounter();
        getRuntimeContext().addAccumulator(ArchiveJob.ROWS_WRITTEN, written);
    }

    @Override
    public void processElement(StreamRecord<LoggedRow> element) throws IOException {
        LoggedRow row = element.getValue();
        OpenFile file = file(row.head().asOfMillis());
        file.out.write(columns.cells(codec.decode(row.bytes())));
        file.rows++;
        file.minAsOf = Math.min(file.minAsOf, row.head().asOfMillis());
        file.maxAsOf = Math.max(file.maxAsOf, row.head().asOfMillis());
        written.add(1L);
    }

    private OpenFile file(long asOfMillis) throws IOException {
        long day = day(asOfMillis);
        OpenFile now = open;
        if (now != null && now.day == day && now.rows < MOST_ROWS) {
            return now;
        }
        finishFile();
        String number = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() + "-"
                + getRuntimeContext().getTaskInfo().getAttemptNumber() + "-" + filesMade++;
        String name = Archive.fileName(LocalDate.ofEpochDay(day), generation, run, number);
        OpenFile next = new OpenFile(
                name, day, Tables.create(archive.staged(run, name), TableFormat.PARQUET, columns.schema()));
        open = next;
        return next;
    }

    private void finishFile() throws IOException {
        OpenFile done = open;
        if (done == null) {
            return;
        }
        open = null;
        done.out.close();
        Map<Integer, OffsetRange> ranges = new HashMap<>();
        offsets.forEach((partition, range) -> ranges.put(partition, new OffsetRange(range[0], range[1])));
        ArchiveFile file = new ArchiveFile(
                done.name,
                LocalDate.ofEpochDay(done.day),
                done.rows,
                archive.length(archive.staged(run, done.name)),
                done.minAsOf,
                done.maxAsOf,
                ranges);
        output.collect(new StreamRecord<>(Manifest.Entry.of(file).text()));
    }

    @Override
    public void endInput() throws IOException {
        finishFile();
    }

    @Override
    public void close() throws Exception {
        OpenFile left = open;
        if (left != null) {
            // The task failed or was cancelled: the file stays staged, and the next run removes it.
            left.out.close();
        }
        super.close();
    }
}
