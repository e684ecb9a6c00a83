/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.EventProducer;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.definition.ViewPlan;
import io.freshet.row.EntityKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads Redis while the day is sent, as a model server would: now and then it stops the stream, lets the job come up with
 * it, and reads what the next edits' users, pages and channels have then. What a training set later says was served at
 * that moment has to be what was read.
 */
final class ServedProbe implements DemoRun.Between {

    private static final int STOPS = 6;
    private static final int ASKED_AT_EACH = 100;
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<GenericRecord> edits;
    private final List<ViewPlan> views;
    private final OnlineReader reader;
    private final long availableAfterMillis;
    private final int from;
    private final List<Seen> seen = new ArrayList<>();

    /**
     * A probe.
     *
     * @param availableAfterMillis how long after its as_of a row is available on the replay clock
     * @param from number of the first edit before which it may stop
     */
    ServedProbe(
            List<GenericRecord> edits, List<ViewPlan> views, OnlineReader reader, long availableAfterMillis, int from) {
        this.edits = edits;
        this.views = views;
        this.reader = reader;
        this.availableAfterMillis = availableAfterMillis;
        this.from = from;
    }

    /**
     * What was read for one edit.
     *
     * @param edit whose user, page and channel were asked about
     * @param momentMillis when, on the replay clock: rows of all that was sent are available then, and no others
     * @param watermarkMillis what no expiry up to was outstanding then
     * @param rows by view
     */
    record Seen(GenericRecord edit, long momentMillis, long watermarkMillis, Map<String, Optional<OnlineRow>> rows) {}

    /** All that was read. */
    List<Seen> seen() {
        return seen;
    }

    @Override
    public void before(int edit, EventProducer producer) throws CommandFailedException {
        int every = (edits.size() - from) / (STOPS + 1);
        if (edit <= from || (edit - from) % every != 0 || edit + ASKED_AT_EACH > edits.size()) {
            return;
        }
        producer.flush();
        long last = DemoRun.timeMillis(edits.get(edit - 1));
        long watermark = DemoRun.watermarkMillis(views, last);
        for (ViewPlan view : views) {
            awaitWatermark(view, watermark);
        }
        read(edits.subList(edit, edit + ASKED_AT_EACH), last + availableAfterMillis, watermark);
    }

    /** A watermark is published when the rows of everything before it are in Redis. */
    private void awaitWatermark(ViewPlan view, long watermarkMillis) throws CommandFailedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (reader.read(view, List.of()).watermarkMillis().orElse(Long.MIN_VALUE) < watermarkMillis) {
            if (System.nanoTime() > deadline) {
                throw CommandFailedException.failed("Cannot read what is served: view '"
                        + view.view().name() + "' is behind by more than " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(PROBE_NANOS);
        }
    }

    private void read(List<GenericRecord> asked, long momentMillis, long watermarkMillis) {
        List<Map<String, OnlineRow>> found = views.stream()
                .map(view -> reader.read(
                                view,
                                asked.stream()
                                        .map(edit -> entity(view, edit))
                                        .distinct()
                                        .toList())
                        .rows())
                .toList();
        for (GenericRecord edit : asked) {
            Map<String, Optional<OnlineRow>> rows = new LinkedHashMap<>();
            for (int i = 0; i < views.size(); i++) {
                ViewPlan view = views.get(i);
                rows.put(view.view().name(), Optional.ofNullable(found.get(i).get(entity(view, edit))));
            }
            seen.add(new Seen(edit, momentMillis, watermarkMillis, rows));
        }
    }

    private static String entity(ViewPlan view, GenericRecord edit) {
        return EntityKey.format(view.entity().stream()
                .map(field -> edit.get(field.name()).toString())
                .toList());
    }
}
