/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.definition.ViewPlan;
import io.freshet.event.AvroEncoder;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetter;
import io.freshet.event.DeadLetterReason;
import io.freshet.eventfile.EventReader;
import io.freshet.eventfile.FolderFields;
import io.freshet.operator.PlanSource;
import io.freshet.source.EventCheck;
import io.freshet.source.SourceRecord;
import io.freshet.table.TableException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads files, given by number, as what their rows turn out to be: an event, or a dead letter. The partition of an event is the number of
 * its file, its offset the row, its ingestion when it was available. A file that cannot be of the schema fails the job.
 */
final class BatchEvents extends RichFlatMapFunction<Integer, SourceRecord> {
    private static final long serialVersionUID = 1L;

    /** So many rows of which none is an event are no accident. */
    private static final long FEWEST_ROWS = 10;

    private final PlanSource source;
    private final List<BatchFile> files;

    private transient ViewPlan.SourcePlan plan;
    private transient Availability availability;
    private transient EventCheck check;
    private transient AvroEncoder encoder;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    BatchEvents(PlanSource source, List<BatchFile> files) {
        this.source = source;
        this.files = new ArrayList<>(files);
    }

    @Override
    public void open(OpenContext context) {
        plan = source.plan().sources().get(0);
        availability = new Availability(source.plan());
        check = new EventCheck(plan, Clock.systemUTC());
        encoder = new AvroEncoder(plan.schema());
    }

    @Override
    public void flatMap(Integer number, Collector<SourceRecord> out) throws IOException {
        BatchFile file = files.get(number);
        if (file.bytes() == 0) {
            return; // as programs leave it where a day has no rows
        }
        long rows = 0;
        long undecodable = 0;
        String first = "";
        try (EventReader events = open(file, plan)) {
            for (SourceRecord next = next(events, file); next != null; next = next(events, file)) {
                rows++;
                if (next instanceof SourceRecord.Dead dead && dead.letter().reason() == DeadLetterReason.UNDECODABLE) {
                    first = undecodable++ == 0
                            ? "row " + dead.letter().offset() + ": "
                                    + dead.letter().detail()
                            : first;
                }
                out.collect(next);
            }
        }
        if (rows >= FEWEST_ROWS && undecodable == rows) {
            throw new TableException("Cannot read '" + file.name() + "' as events of schema '"
                    + plan.source().schema() + "': none of its " + rows + " rows is one; " + first);
        }
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot hold events of the view
     */
    static EventReader open(BatchFile file, ViewPlan.SourcePlan plan) throws IOException {
        EventReader events = EventReader.open(new Path(file.path()), plan.schema(), FolderFields.of(file.name()));
        if (!events.lacking().isEmpty()) {
            events.close();
            throw new TableException("Cannot read '" + file.name() + "' as events of schema '"
                    + plan.source().schema() + "': it has no column " + String.join(", ", events.lacking())
                    + ", which the schema needs; a default there, or null, makes a field one that may be missing");
        }
        return events;
    }

    private @Nullable SourceRecord next(EventReader events, BatchFile file) throws IOException {
        Optional<GenericRecord> read = Optional.empty();
        try {
            read = Optional.ofNullable(events.next());
            return read.isEmpty() ? null : placed(read.get(), events.row(), file);
        } catch (BadEventException e) {
            byte[] value = read.map(encoder::encode).orElse(null);
            return new SourceRecord.Dead(new DeadLetter(
                    e.reason(),
                    String.valueOf(e.getMessage()),
                    source.plan().view().name(),
                    file.name(),
                    file.number(),
                    events.row(),
                    null,
                    value));
        }
    }

    private SourceRecord placed(GenericRecord event, long row, BatchFile file) throws BadEventException {
        SourceRecord.Origin origin =
                new SourceRecord.Origin(file.name(), file.number(), row, null, encoder.encode(event));
        SourceRecord.Decoded checked = check.check(event, file.loadedAtMillis(), origin);
        long available = availability.millis(file, event, checked.timeMillis());
        return new SourceRecord.Decoded(event, checked.timeMillis(), available, origin);
    }
}
