/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.restore;

import io.freshet.history.LoggedRow;
import io.freshet.history.LoggedSchemas;
import io.freshet.operator.PlanSource;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.sink.OnlineRestore;
import io.freshet.sink.RedisOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes the newest row of each entity into the online store. Its input comes entity by entity, sorted by Flink. A
 * record's timestamp is when its row was written: a row lives that much shorter, and not at all where its time is over.
 */
@SuppressWarnings("NullAway.Init") // open comes before all else
final class RestoreOperator extends AbstractStreamOperator<String>
        implements OneInputStreamOperator<LoggedRow, String>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final PlanSource source;
    private final LoggedSchemas schemas;
    private final RedisOptions redis;
    private final String namespace;

    private transient RowCodec codec;
    private transient OnlineRestore store;
    private transient @Nullable Duration ttl;
    private transient Map<Count, LongCounter> counters;
    private transient List<HistoryRow> rows;
    private transient List<Long> ttls;
    private transient @Nullable LoggedRow newest;
    private transient long writtenMillis;

    RestoreOperator(PlanSource source, LoggedSchemas schemas, RedisOptions redis, String namespace) {
        this.source = source;
        this.schemas = schemas;
        this.redis = redis;
        this.namespace = namespace;
    }

    @Override
    public void open() throws Exception {
        super.open();
        codec = schemas.codec(source.plan());
        store = new OnlineRestore(redis, namespace, source.plan());
        ttl = source.plan().view().online().ttl().orElse(null);
        counters = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            counters.put(count, getRuntimeContext().getLongCounter(count.label()));
        }
        rows = new ArrayList<>(redis.batch());
        ttls = new ArrayList<>(redis.batch());
    }

    private void count(Count count, long times) {
        LongCounter counter = counters.get(count);
        if (counter != null) {
            counter.add(times);
        }
    }

    @Override
    public void processElement(StreamRecord<LoggedRow> item) throws IOException {
        LoggedRow row = item.getValue();
        LoggedRow known = newest;
        if (known != null && known.entity().equals(row.entity())) {
            if (NewestHere.ORDER.compare(known.head(), row.head()) >= 0) {
                return;
            }
        } else {
            entityEnds();
        }
        newest = row;
        writtenMillis = item.getTimestamp();
    }

    private void entityEnds() throws IOException {
        LoggedRow row = newest;
        if (row == null) {
            return;
        }
        newest = null;
        count(Count.ENTITIES, 1);
        long ttlMillis = ttl == null ? 0 : writtenMillis + ttl.toMillis() - System.currentTimeMillis();
        if (ttl != null && ttlMillis <= 0) {
            count(Count.EXPIRED, 1);
            return;
        }
        rows.add(codec.decode(row.bytes()));
        ttls.add(ttlMillis);
        if (rows.size() >= redis.batch()) {
            write();
        }
    }

    private void write() throws IOException {
        if (!rows.isEmpty()) {
            long written = store.write(rows, ttls);
            count(Count.WRITTEN, written);
            count(Count.THERE, rows.size() - written);
            rows.clear();
            ttls.clear();
        }
    }

    @Override
    public void endInput() throws IOException {
        entityEnds();
        write();
    }

    @Override
    public void close() throws Exception {
        if (store != null) {
            store.close();
        }
        super.close();
    }
}
