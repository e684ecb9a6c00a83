/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.operator.PlanSource;
import io.freshet.row.HistoryRow;
import io.freshet.row.HistorySchema;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHead;
import io.freshet.row.RowHeads;
import io.freshet.verify.Tally.Count;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Takes items sorted by entity and time, as Flink hands them to keyed operators of a batch, and lets each entity be
 * walked through. Holds the items of one moment of one entity, and no keyed state.
 */
final class Judge extends AbstractStreamOperator<Long> implements OneInputStreamOperator<Item, Long>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private static final Comparator<RowHead> NEWEST = Comparator.comparingInt(RowHead::version)
            .thenComparingLong(RowHead::asOfMillis)
            .thenComparingLong(RowHead::seq);

    private final PlanSource source;
    private final Task task;
    private transient int version;
    private transient long ownSchema;
    private transient RowCodec codec;
    private transient Tally tally;
    private transient EntityWalk walk;

    /** Null where the rows of the view are no hashes in the online store. */
    private transient @Nullable OnlineCheck online;

    private transient List<Item.Event> events;
    private transient List<HistoryRow> rows;
    private transient @Nullable String entity;
    private transient long momentMillis;
    private transient Item.@Nullable Logged newest;

    /**
     * What is judged, and by what.
     *
     * @param live what is known of the job
     * @param schemas all schemas of the history
     * @param share of the rows that the oracle is asked about, 0 to 1
     * @param seed decides which
     * @param online where the newest rows are looked up
     */
    record Task(LiveJob live, LoggedSchemas schemas, double share, long seed, OnlineCheck.Place online)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings("NullAway.Init") // open comes before all else
    Judge(PlanSource source, Task task) {
        this.source = source;
        this.task = task;
    }

    @Override
    public void open() throws Exception {
        super.open();
        ViewPlan plan = source.plan();
        version = plan.view().version();
        ownSchema = SchemaNormalization.parsingFingerprint64(HistorySchema.of(plan));
        codec = task.schemas().codec(plan);
        tally = new Tally();
        walk = new EntityWalk(plan, task.live(), new OracleSample(plan, task.share(), task.seed(), tally), tally);
        online = new OnlineCheck(plan, codec, task.online(), tally);
        events = new ArrayList<>();
        rows = new ArrayList<>();
    }

    @Override
    public void processElement(StreamRecord<Item> record) {
        Item item = record.getValue();
        if (!item.entity().equals(entity)) {
            endEntity();
            entity = item.entity();
            walk.begin(item.entity());
        } else if (item.timeMillis() != momentMillis) {
            endMoment();
        }
        momentMillis = item.timeMillis();
        if (item instanceof Item.Event event) {
            events.add(event);
        } else if (item instanceof Item.Logged logged) {
            add(logged);
        }
    }

    private void add(Item.Logged logged) {
        LoggedRow row = logged.row();
        Item.Logged known = newest;
        if (known == null || NEWEST.compare(row.head(), known.row().head()) > 0) {
            newest = logged;
        }
        if (isOfThisDefinition(row)) {
            rows.add(codec.decode(row.bytes()));
        } else {
            tally.count(Count.OTHER_ROWS);
            walk.beganWithAnotherDefinition();
        }
    }

    private boolean isOfThisDefinition(LoggedRow row) {
        return row.head().version() == version && RowHeads.fingerprint(row.bytes()) == ownSchema;
    }

    private void endMoment() {
        walk.at(momentMillis, events, rows);
        events.clear();
        rows.clear();
    }

    private void endEntity() {
        if (entity == null) {
            return;
        }
        endMoment();
        Ending ending = walk.end();
        Item.Logged row = newest;
        newest = null;
        OnlineCheck lookUp = online;
        if (lookUp == null || (row != null && !isOfThisDefinition(row.row()))) {
            ending.served().forEach(tally::add);
        } else if (row == null) {
            lookUp.addUnlogged(entity, ending);
        } else {
            lookUp.add(codec.decode(row.row().bytes()), row.writtenMillis(), ending);
        }
    }

    @Override
    public void endInput() {
        endEntity();
        entity = null;
        OnlineCheck lookUp = online;
        if (lookUp != null) {
            lookUp.finish();
        }
        // Not before: what is still being counted cannot be told of.
        getRuntimeContext().addAccumulator(Verification.TALLY + "entities", tally);
    }

    @Override
    public void close() throws Exception {
        if (online != null) {
            online.close();
        }
        super.close();
    }
}
