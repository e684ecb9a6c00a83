/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.ViewPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Edits made up from a seed, for one topic of two partitions: some thirty users, a little out of order within the
 * watermark's reach. It keeps the books: what it has sent is what rows are expected of.
 */
final class EditLoad {

    static final int PARTITIONS = 2;

    /** Features that tell a lost event, one that counted twice, and windows that were cut wrongly; never spent. */
    static final String VIEW = """
            view: edits
            emit: on_watermark
            source: {topic: %s, schema: WikipediaEdit, event_time: time, out_of_orderness: 2s, idle_after: 1h}
            entity: [user]
            features:
              edits:      {count: "*", windows: [10s, 1m, lifetime]}
              added:      {sum: added, windows: [1m, lifetime]}
              delta_mean: {mean: delta, windows: [1m]}
              big:        {count: "*", where: "event.added > 500", windows: [1m]}
              last_page:  {last: page, windows: [1m]}
            derived:
              mean_added: "edits_lifetime > 0 ? double(added_lifetime) / double(edits_lifetime) : 0.0"
            """;

    /** The same, where a partition that has been silent for two seconds holds nobody up. */
    static final String IMPATIENT_VIEW = VIEW.replace("idle_after: 1h", "idle_after: 2s");

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int USERS = 30;
    private static final int HOT = 20;
    private static final int STEP_MILLIS = 100;
    private static final int DISORDER_MILLIS = 1_500;
    private static final int TRAIL_MILLIS = 2_000;
    private static final int CLOSING_MILLIS = 3_600_000;

    private final Stores stores;
    private final String topic;
    private final Edits edits;
    private final ExpectedRows expected;
    private final Random random;
    private final long[] offsets = new long[PARTITIONS];
    private long clockMillis = BEGIN.toEpochMilli();
    private long closingMillis;
    private long sent;

    EditLoad(Stores stores, String topic, ViewPlan plan, long seed) throws Exception {
        this.stores = stores;
        this.topic = topic;
        this.edits = new Edits();
        this.expected = new ExpectedRows(plan);
        this.random = new Random(seed);
    }

    /** Sends so many events and returns when Kafka has them. */
    synchronized void send(int events) throws Exception {
        send(made(events));
    }

    /** Sends so many events, nearly all of them of one user. */
    synchronized void sendHot(int events) throws Exception {
        send(made(events, () -> random.nextInt(HOT) > 0 ? 0 : random.nextInt(USERS), this::anyPartition));
    }

    /** Sends so many events, all of them to the first partition. */
    synchronized void sendToFirst(int events) throws Exception {
        send(made(events, () -> random.nextInt(USERS), () -> 0));
    }

    private int anyPartition() {
        return random.nextInt(PARTITIONS);
    }

    private List<List<byte[]>> made(int events) throws Exception {
        return made(events, () -> random.nextInt(USERS), this::anyPartition);
    }

    private List<List<byte[]>> made(int events, IntSupplier user, IntSupplier partition) throws Exception {
        List<List<byte[]>> values = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < events; i++) {
            clockMillis += random.nextInt(2 * STEP_MILLIS);
            Instant time = Instant.ofEpochMilli(clockMillis - random.nextInt(DISORDER_MILLIS));
            values.get(partition.getAsInt()).add(edits.edit("user-" + user.getAsInt(), time, random.nextInt(1_000)));
        }
        return values;
    }

    /** An event on each partition so much later that all that came before is due. Later events go on from there. */
    synchronized void close() throws Exception {
        closingMillis = clockMillis + CLOSING_MILLIS;
        Instant late = Instant.ofEpochMilli(closingMillis);
        List<List<byte[]>> values = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            values.add(List.of(edits.edit("closing", late, 0)));
        }
        send(values);
        clockMillis = closingMillis;
    }

    private void send(List<List<byte[]>> values) throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            stores.produce(topic, partition, values.get(partition));
            for (byte[] value : values.get(partition)) {
                expected.add(partition, offsets[partition]++, value);
                sent++;
            }
        }
    }

    /** Sends so many events, each of them twice in a row: for the job these are events as others are. */
    synchronized void sendTwice(int events) throws Exception {
        List<List<byte[]>> values = new ArrayList<>();
        for (List<byte[]> once : made(events)) {
            values.add(once.stream().flatMap(value -> Stream.of(value, value)).toList());
        }
        send(values);
    }

    /** Bytes that lie in the topic beside the events: the job has to put them aside. */
    synchronized void sendPoison(int partition, byte[] value) {
        stores.produce(topic, partition, List.of(value));
        offsets[partition]++;
    }

    /** How many events were sent. */
    synchronized long sent() {
        return sent;
    }

    /** Event time that the events to be sent begin at, ms. */
    synchronized long clockMillis() {
        return clockMillis;
    }

    /** Where the watermark stands once the job has read what {@link #close} has sent, ms. */
    synchronized long closedAtMillis() {
        return closingMillis - TRAIL_MILLIS - 1;
    }

    /** All rows up to there. */
    synchronized Map<String, ExpectedRows.Row> expected() {
        return expected.upTo(closedAtMillis());
    }
}
