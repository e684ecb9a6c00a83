/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineRefusal;
import io.freshet.row.OnlineRights;
import io.freshet.row.RowCodec;
import io.freshet.sink.RedisOptions;
import io.freshet.verify.Tally.Count;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks up entities in the online store, many at once, and compares what it holds of each with the newest row of the
 * history, whatever the layout. An entry that is ahead of the history is right where it is what the events give next, or
 * where the same row lies in the history not committed yet ({@link OpenRows}).
 */
final class OnlineCheck implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int BATCH = 512;
    private static final int MOST_AHEAD = 10_000;

    /** How the store's answer begins where a key holds another type. */
    private static final String WRONG_TYPE = "WRONGTYPE";

    /** A key may be gone that much early: it is written before its row is. */
    private static final long EARLY_MILLIS = 10_000;

    private final ViewPlan plan;
    private final RowCodec codec;
    private final Place place;
    private final Tally tally;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> redis;
    private final OnlineForm form;
    private final List<Newest> waiting = new ArrayList<>(BATCH);
    private final Map<String, OnlineEntry> ahead = new LinkedHashMap<>();

    /**
     * Where newest rows are.
     *
     * @param redis the online store
     * @param kafka settings of clients
     * @param namespace what keys and topics start with
     * @param committed where the history was read to, by partition
     */
    record Place(RedisOptions redis, Properties kafka, String namespace, Map<TopicPartition, Long> committed)
            implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    /**
     * An entity to look up.
     *
     * @param row its newest row that is committed; null for none
     * @param writtenMillis when that was written, wall clock, ms
     * @param ending what is known behind it
     */
    private record Newest(String entity, @Nullable HistoryRow row, long writtenMillis, Ending ending) {}

    /** For a view. Connects; {@link #close} gives the connection back. */
    OnlineCheck(ViewPlan plan, RowCodec codec, Place place, Tally tally) {
        this.plan = plan;
        this.codec = codec;
        this.place = place;
        this.tally = tally;
        client = place.redis().client(TIMEOUT);
        redis = client.connect(ByteArrayCodec.INSTANCE);
        form = new OnlineForm(plan, place.namespace(), redis);
    }

    /** Looks up the entity of this row, the newest that is committed, now or together with others. */
    void add(HistoryRow newest, long writtenMillis, Ending ending) {
        add(new Newest(newest.entity(), newest, writtenMillis, ending));
    }

    /** Looks up an entity of which no row is committed, where rows of it may have been served. */
    void addUnlogged(String entity, Ending ending) {
        if (!ending.served().isEmpty() || !ending.next().isEmpty()) {
            add(new Newest(entity, null, 0, ending));
        }
    }

    private void add(Newest newest) {
        waiting.add(newest);
        if (waiting.size() >= BATCH) {
            lookUp();
        }
    }

    /** Looks up all that still wait. */
    void finish() {
        lookUp();
        resolveAhead();
    }

    private void lookUp() {
        List<OnlineForm.Asked> asked = new ArrayList<>(waiting.size());
        for (Newest newest : waiting) {
            asked.add(form.ask(newest.entity()));
        }
        for (int i = 0; i < asked.size(); i++) {
            compare(waiting.get(i), entry(asked.get(i)));
        }
        waiting.clear();
        if (ahead.size() >= MOST_AHEAD) {
            resolveAhead();
        }
    }

    private OnlineEntry entry(OnlineForm.Asked asked) {
        try {
            return asked.entry().apply(asked.answer().toCompletableFuture().join());
        } catch (CompletionException e) {
            String why = e.getCause() == null
                    ? String.valueOf(e.getMessage())
                    : String.valueOf(e.getCause().getMessage());
            if (why.startsWith(WRONG_TYPE)) {
                return form.unreadable("a key that holds no row of layout "
                        + plan.view().online().layout().name().toLowerCase(Locale.ROOT));
            }
            throw new IllegalStateException(
                    OnlineRefusal.explain(
                                    e,
                                    place.redis().place(),
                                    form.command(),
                                    OnlineRights.rows(place.namespace(), plan),
                                    OnlineRights.toRead(place.namespace()))
                            .orElse("Cannot read the online store: " + why),
                    e);
        }
    }

    private void compare(Newest newest, OnlineEntry hash) {
        HistoryRow row = newest.row();
        if (hash.fault().isPresent()) {
            tally.count(Count.ONLINE);
            newest.ending().served().forEach(tally::add);
            tally.add(new Difference(
                    Cause.WRONG_ONLINE,
                    plan.view().name(),
                    newest.entity(),
                    row == null ? 0 : row.asOfMillis(),
                    "",
                    row == null ? "a row of the history" : OnlineEntry.place(row),
                    hash.fault().get()));
            return;
        }
        int order = hash.isMissing() ? 0 : row == null ? 1 : hash.order(row);
        if (order > 0) {
            tally.count(Count.ONLINE);
            ahead(newest, hash);
            return;
        }
        newest.ending().served().forEach(tally::add);
        if (row == null) {
            return;
        }
        tally.count(Count.ONLINE);
        if (hash.isMissing()) {
            gone(row, newest.writtenMillis());
        } else if (order < 0) {
            tally.add(wrong(row, "", OnlineEntry.place(row), "an older row: " + hash.place()));
        } else {
            sameRow(row, hash);
        }
    }

    private void sameRow(HistoryRow row, OnlineEntry hash) {
        Map<String, String> differing = hash.differing(row);
        if (differing.isEmpty()) {
            tally.count(Count.ONLINE_EQUAL);
            return;
        }
        tally.count(Cause.WRONG_ONLINE, 1);
        differing.forEach((column, expected) -> tally.keep(wrong(row, column, expected, hash.text(column))));
    }

    /** The hash is of a row behind those that are committed: served, and not yet in the history. */
    private void ahead(Newest newest, OnlineEntry hash) {
        tally.count(Cause.NOT_YET_WRITTEN, newest.ending().served().size());
        HistoryRow row = newest.row();
        if (newest.ending().next().stream().anyMatch(hash::isOf)) {
            tally.count(Cause.NOT_YET_COMMITTED, 1);
        } else if (row != null && hash.isRenumbered(row)) {
            // Numbered by an attempt of the job that was given up, whose events came in another order.
            tally.count(Count.ONLINE_EQUAL);
        } else {
            ahead.put(newest.entity(), hash);
        }
    }

    private void gone(HistoryRow row, long writtenMillis) {
        long now = System.currentTimeMillis();
        boolean isOver = plan.view()
                .online()
                .ttl()
                .map(ttl -> writtenMillis + ttl.toMillis() - EARLY_MILLIS <= now)
                .orElse(false);
        if (isOver) {
            tally.count(Cause.EXPIRED_ONLINE, 1);
        } else {
            tally.add(wrong(row, "", OnlineEntry.place(row), "nothing, though its time to live is not over"));
        }
    }

    private void resolveAhead() {
        if (ahead.isEmpty()) {
            return;
        }
        OpenRows.read(place, codec, row -> {
            OnlineEntry hash = ahead.get(row.entity());
            if (hash != null && hash.order(row) == 0 && hash.differing(row).isEmpty()) {
                ahead.remove(row.entity());
                tally.count(Cause.NOT_YET_COMMITTED, 1);
            }
            return ahead.isEmpty();
        });
        ahead.forEach((entity, hash) -> tally.add(new Difference(
                Cause.WRONG_ONLINE,
                plan.view().name(),
                entity,
                hash.asOfMillis(),
                "",
                "a row of the history",
                hash.place() + ", which is not there, committed or not")));
        ahead.clear();
    }

    private Difference wrong(HistoryRow row, String column, String expected, String found) {
        return new Difference(
                Cause.WRONG_ONLINE, plan.view().name(), row.entity(), row.asOfMillis(), column, expected, found);
    }

    @Override
    public void close() {
        redis.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
