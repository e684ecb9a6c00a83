/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.definition.ViewPlan;
import io.freshet.event.AvroEncoder;
import io.freshet.event.BadEventException;
import io.freshet.event.DeadLetter;
import io.freshet.eventfile.EventReader;
import io.freshet.operator.PlanSource;
import io.freshet.row.FeatureRow;
import io.freshet.source.EventCheck;
import io.freshet.source.SourceRecord;
import java.io.IOException;
import java.time.Clock;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Reads files, each with its number, as what their rows turn out to be. A row that is no event is a dead letter. */
final class FileEvents extends RichFlatMapFunction<Tuple2<Integer, String>, SourceRecord> {
    private static final long serialVersionUID = 1L;

    /** More rows than a file has: with the number of the file before it, a place stands for an offset. */
    private static final int ROW_BITS = 40;

    private final PlanSource source;
    private final int topic;

    private transient Schema schema;
    private transient EventCheck check;
    private transient AvroEncoder encoder;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    FileEvents(PlanSource source, int topic) {
        this.source = source;
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        ViewPlan.SourcePlan plan = source.plan().sources().get(topic);
        schema = plan.schema();
        check = new EventCheck(plan, Clock.systemUTC());
        encoder = new AvroEncoder(schema);
    }

    @Override
    public void flatMap(Tuple2<Integer, String> numbered, Collector<SourceRecord> out) throws IOException {
        long place = (long) numbered.f0 << ROW_BITS;
        try (EventReader events = EventReader.open(new Path(numbered.f1), schema)) {
            for (SourceRecord next = next(events, numbered.f1, place);
                    next != null;
                    next = next(events, numbered.f1, ++place)) {
                out.collect(next);
            }
        }
    }

    private @Nullable SourceRecord next(EventReader events, String file, long place) throws IOException {
        try {
            GenericRecord event = events.next();
            return event == null
                    ? null
                    : check.check(
                            event,
                            FeatureRow.NO_EVENT,
                            new SourceRecord.Origin(file, Extent.FILES, place, null, encoder.encode(event)));
        } catch (BadEventException e) {
            String detail = String.valueOf(e.getMessage());
            return new SourceRecord.Dead(
                    new DeadLetter(e.reason(), detail, null, file, Extent.FILES, place, null, null));
        }
    }
}
