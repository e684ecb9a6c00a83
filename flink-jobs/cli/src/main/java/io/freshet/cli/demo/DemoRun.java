/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.EventProducer;
import io.freshet.cli.HistoryReader;
import io.freshet.cli.Pace;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStackException;
import io.freshet.row.HistoryRow;
import io.freshet.schemas.WikipediaEdit;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.IsolationLevel;

/** The steps of the demo once stack and job run: send the day, wait for the last row, count, check. */
final class DemoRun {

    /** Also the name of the views' topic. */
    static final String TOPIC = "wikipedia.edits";

    static final String NAMESPACE = "freshet";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int ONLINE_SAMPLE = 100;

    private final List<GenericRecord> edits;
    private final List<ViewPlan> views;
    private final Properties kafka;
    private final OnlineReader reader;

    DemoRun(List<GenericRecord> edits, List<ViewPlan> views, Properties kafka, OnlineReader reader) {
        this.edits = edits;
        this.views = views;
        this.kafka = kafka;
        this.reader = reader;
    }

    /** Event time of an edit. */
    static long timeMillis(GenericRecord edit) {
        return (Long) edit.get("time");
    }

    /** Something to do while the day is sent. */
    interface Between {

        /** Before the edit of that number leaves, from 0. */
        void before(int edit, EventProducer producer) throws CommandFailedException;
    }

    /** Sends the day at that pace, and shows the table once a second (each five seconds where it is not redrawn). */
    void send(Pace pace, LiveTable table, Duration every, Between between) throws CommandFailedException {
        Map<String, Integer> counts = new HashMap<>();
        long next = System.nanoTime() + every.toNanos();
        int sent = 0;
        try (EventProducer producer =
                new EventProducer(kafka, TOPIC, WikipediaEdit.getClassSchema(), Optional.of("user"))) {
            for (GenericRecord edit : edits) {
                between.before(sent, producer);
                pace.await(timeMillis(edit));
                producer.send(edit);
                counts.merge(edit.get("user").toString(), 1, Integer::sum);
                sent++;
                if (System.nanoTime() > next) {
                    table.show(sent, timeMillis(edit), counts);
                    next = System.nanoTime() + every.toNanos();
                }
            }
            producer.flush();
        }
        table.show(sent, timeMillis(edits.get(edits.size() - 1)), counts);
    }

    /**
     * The watermark after the last edit: no expiry up to it is outstanding once it is published.
     */
    long lastWatermarkMillis() {
        return watermarkMillis(views, timeMillis(edits.get(edits.size() - 1)));
    }

    /** The watermark after an edit of that time. */
    static long watermarkMillis(List<ViewPlan> views, long timeMillis) {
        Duration trails = views.get(0).view().sources().get(0).outOfOrderness();
        return timeMillis - trails.toMillis() - 1;
    }

    /** Waits until every view has published the last watermark, then has the history committed. */
    void awaitCommitted(JobHandle job) throws CommandFailedException, LocalStackException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        for (ViewPlan view : views) {
            while (reader.read(view, List.of()).watermarkMillis().orElse(Long.MIN_VALUE) < lastWatermarkMillis()) {
                pause(
                        job,
                        deadline,
                        "process the last edit in view '" + view.view().name() + "'");
            }
        }
        job.checkpoint();
        try (StackWatch kafkaWatch = new StackWatch(kafka)) {
            while (!kafkaWatch.allCommitted(histories())) {
                pause(job, deadline, "commit the history");
            }
        }
    }

    /** The number of committed records of these topics, by reading offsets of topics that hold no transactions. */
    long count(String topic) throws CommandFailedException {
        try (StackWatch kafkaWatch = new StackWatch(kafka)) {
            return kafkaWatch.offsets(List.of(topic), IsolationLevel.READ_COMMITTED).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /**
     * What reading all histories and comparing values gave.
     *
     * @param rows rows in the histories
     * @param entities entities in the histories
     * @param online those of them that the online store has
     * @param mismatches one line for each value that differs
     */
    record Verdict(long rows, long entities, long online, List<String> mismatches) {}

    /** Reads the histories and compares. */
    Verdict check(int draws, long seed) throws CommandFailedException {
        Random random = new Random(seed);
        long rows = 0;
        long entities = 0;
        long online = 0;
        List<String> mismatches = new ArrayList<>();
        for (int i = 0; i < views.size(); i++) {
            ViewPlan view = views.get(i);
            SpotCheck check = new SpotCheck(view);
            learn(check);
            long[] read = {0};
            new HistoryReader(kafka, NAMESPACE, view).readAll(row -> {
                check.row(row);
                read[0]++;
            });
            rows += read[0];
            entities += check.entities();
            int share = draws * (i + 1) / views.size() - draws * i / views.size();
            mismatches.addAll(check.check(share, random, lastWatermarkMillis()));
            for (int j = 0; j < ONLINE_SAMPLE; j++) {
                String entity = check.anyEntity(random);
                online(view, entity, check.newest(entity)).ifPresent(mismatches::add);
            }
            online += onlineRows(view, check);
        }
        return new Verdict(rows, entities, online, mismatches);
    }

    private long onlineRows(ViewPlan view, SpotCheck check) {
        long found = 0;
        List<String> all = List.copyOf(check.entityKeys());
        for (int from = 0; from < all.size(); from += 1_000) {
            found += reader.read(view, all.subList(from, Math.min(all.size(), from + 1_000)))
                    .rows()
                    .size();
        }
        return found;
    }

    private void learn(SpotCheck check) throws CommandFailedException {
        try {
            for (int i = 0; i < edits.size(); i++) {
                check.event(edits.get(i), i);
            }
        } catch (BadEventException e) {
            throw CommandFailedException.failed("Cannot select an edit of the demo's data: " + e.getMessage());
        }
    }

    private Optional<String> online(ViewPlan view, String entity, Optional<HistoryRow> newest) {
        Optional<OnlineRow> row = reader.read(view, List.of(entity)).row(entity);
        boolean same = row.isPresent() == newest.isPresent()
                && row.map(found -> found.seq() == newest.get().seq()
                                && found.asOfMillis() == newest.get().asOfMillis()
                                && new ArrayList<>(found.values().values())
                                        .equals(newest.get().values()))
                        .orElse(true);
        return same
                ? Optional.empty()
                : Optional.of(view.view().name() + ": the newest row in Redis is not the newest in the history");
    }

    private List<String> histories() {
        return views.stream()
                .map(view -> TopicNames.history(NAMESPACE, view.view().name()))
                .toList();
    }

    private static void pause(JobHandle job, long deadline, String what)
            throws CommandFailedException, LocalStackException {
        if (!job.isAlive()) {
            job.awaitEnd();
            throw CommandFailedException.failed("Cannot " + what + ": the job has ended");
        }
        if (System.nanoTime() > deadline) {
            throw CommandFailedException.failed("Cannot " + what + " within " + LIMIT.toMinutes() + " minutes");
        }
        LockSupport.parkNanos(PROBE_NANOS);
    }
}
