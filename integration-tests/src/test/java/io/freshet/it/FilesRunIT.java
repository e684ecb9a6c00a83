/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.batch.BatchException;
import io.freshet.batch.BatchJob;
import io.freshet.batch.BatchReport;
import io.freshet.batch.BatchSpec;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.it.Snapshots.Loaded;
import io.freshet.it.Snapshots.Snapshot;
import io.freshet.job.KafkaSettings;
import io.freshet.operator.AvailableAt;
import io.freshet.oracle.LoadedRows;
import io.freshet.row.HistoryRow;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowOrigin;
import io.freshet.source.EventRange;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingPreflight;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs over files: what is written when, what is left as it is, and what a training set finds of it. */
class FilesRunIT extends BackfillStage {

    private static final String DAY = "warehouse/users/date=2015-09-12/";

    @TempDir
    private Path folder;

    @Test
    void snapshotsAreAvailableWhenTheyWereLoadedAlsoInATrainingSetBesideAStreamingView() throws Exception {
        FreshetConfig config = config("loaded");
        Map<String, List<Day.Edit>> users = Snapshots.mostActive();
        ViewText profile = Snapshots.view("loaded", 1);
        ViewText activity = view("loaded", "on_event", FEATURES);
        Stores stores = topic(config, 1, List.of(edits(users)));
        live(config, activity, new EventRange.Earliest(), new AvailableAt.Live())
                .awaitEnd();
        List<Loaded> files = new ArrayList<>();
        List<Long> asked = new ArrayList<>();

        asked.add(now());
        load(config, profile, files, DAY + "a.csv", Snapshots.at(users, "06:00", 0), 0);
        asked.add(now());
        BatchReport again = run(config, profile);
        assertThat(again.loaded()).isZero();
        assertThat(again.written()).isZero();
        assertThat(again.there()).isEqualTo(again.made()).isPositive();
        load(config, profile, files, DAY + "b.parquet", Snapshots.at(users, "20:00", 0), 1);
        asked.add(now());
        // Of noon, which no run had seen until now.
        load(config, profile, files, DAY + "0.jsonl", Snapshots.at(users, "12:00", 0), 2);
        asked.add(now());
        assertThat(run(config, profile).written()).isZero();

        List<HistoryRow> rows = stores.history(profile);
        assertAllAreOwed(Snapshots.owed(profile, files, false), rows);
        assertThat(rows)
                .allMatch(
                        row -> row.origin() == RowOrigin.BATCH && row.warming().isEmpty());
        for (HistoryRow row : rows) {
            assertThat(row.availableAtMillis()).isBetween(asked.get(0), asked.get(3));
        }
        assertNewestAreOnline(config, rows);
        String busiest = Snapshots.at(users, "06:00", 0).get(0).user();
        assertTrainingSet(config, List.of(profile, activity), stores, List.copyOf(users.keySet()), asked);
        List<HistoryRow> one =
                rows.stream().filter(row -> row.entity().equals(busiest)).toList();
        HistoryRow beforeLate = served(one, asked.get(2));
        HistoryRow afterLate = served(one, asked.get(3));
        assertThat(afterLate.asOfMillis()).isEqualTo(beforeLate.asOfMillis());
        assertThat(afterLate.seq()).isGreaterThan(beforeLate.seq());
        // snapshots_lifetime
        assertThat(afterLate.values().get(1))
                .isEqualTo((Long) beforeLate.values().get(1) + 1);
    }

    @Test
    void aStatedTimeIsTheTimeUnlessARunHasLookedSinceAndWhatAKilledRunHasBegunIsCompleted() throws Exception {
        FreshetConfig config = config("stated");
        Map<String, List<Day.Edit>> users = Snapshots.mostActive();
        ViewText profile = Snapshots.view("loaded_at", 1);
        Stores stores = new Stores(config);
        // Within the first load, noon was known after the evening.
        List<Snapshot> morning = Snapshots.at(users, "06:00", at("07:00"));
        List<Snapshot> evening = Snapshots.at(users, "20:00", at("21:00"));
        List<Snapshot> noon = Snapshots.at(users, "12:00", at("22:30"));
        Snapshots.write(folder, DAY + "a.csv", morning);
        Snapshots.write(folder, DAY + "b.jsonl", evening);
        runWithoutEnd(config, profile);
        long begun = stores.history(profile).size();
        assertThat(begun).isPositive();

        Snapshots.write(folder, DAY + "c.parquet", noon);
        BatchReport completed = run(config, profile);
        assertThat(completed.loaded()).isEqualTo(3);
        assertThat(completed.there()).isEqualTo(begun);
        List<Loaded> files = new ArrayList<>(List.of(
                new Loaded(DAY + "a.csv", 0, 0, morning),
                new Loaded(DAY + "b.jsonl", 0, 0, evening),
                new Loaded(DAY + "c.parquet", 0, 0, noon)));
        assertAllAreOwed(Snapshots.owed(profile, files, true), stores.history(profile));
        assertTimesAreOwed(Snapshots.owed(profile, files, true), stores.history(profile));

        // States that it was known at 16:00. But a run has looked since, and it was not there.
        List<Snapshot> afternoon = Snapshots.at(users, "15:00", at("16:00"));
        Snapshots.write(folder, DAY + "d.csv", afternoon);
        long before = now();
        BatchReport late = run(config, profile);
        assertThat(late.written()).isPositive();
        assertThat(late.there()).isEqualTo(late.made() - late.written());
        List<HistoryRow> rows = stores.history(profile);
        files.add(new Loaded(DAY + "d.csv", 1, before, afternoon));
        assertAllAreOwed(Snapshots.owed(profile, files, true), rows);
        assertThat(rows.stream().filter(row -> row.availableAtMillis() >= before))
                .hasSize((int) late.written());
        assertNewestAreOnline(config, rows);
        assertThat(run(config, profile).written()).isZero();

        ViewText wider = Snapshots.view("loaded_at", 1, "edits_most: {max: edits, windows: [12h]}");
        BatchReport widened = run(config, wider);
        assertThat(widened.past()).isEqualTo(widened.made());
        assertThat(run(config, wider).past()).isZero();
        assertThat(stores.history(wider).stream().filter(row -> row.origin() == RowOrigin.BACKFILL))
                .hasSize(rows.size())
                .allMatch(row -> row.warming().isEmpty());
    }

    @Test
    void brokenRowsArePutAsideOnceWithTheirPlaceAndWrongFilesAreRefused() throws Exception {
        FreshetConfig config = config("broken");
        ViewText profile = Snapshots.view("loaded", 1);
        Stores stores = new Stores(config);
        assertThatThrownBy(() -> run(config, profile))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("'warehouse/users/date=*/*' of view 'user_profile'")
                .hasMessageContaining("no file has such a name");

        String good = "{\"user\": \"u\", \"taken_at\": \"2015-09-12T06:00:00Z\", \"edits\": 1}\n";
        text(
                DAY + "a.jsonl",
                good + "{\"user\"\n" + good.replace("1}", "\"many\"}") + good.replace("2015", "2199")
                        + good.replace("\"u\"", "\"v\""));
        text(DAY + "b.csv", "user,taken_at,edits\nw,2015-09-12T06:00:00Z,3\nw,2015-09-12T06:00:00Z\n");
        text(DAY + "empty.csv", "");
        BatchReport report = run(config, profile);
        assertThat(report.deadLetters()).isEqualTo(Map.of("undecodable", 3L, "future_time", 1L));
        assertThat(report.rows()).isEqualTo(7);
        assertThat(run(config, profile).deadLetters()).isEmpty();
        assertThat(stores.deadLetters().stream().map(FilesRunIT::place))
                .containsExactlyInAnyOrder(
                        DAY + "a.jsonl row 2", DAY + "a.jsonl row 3", DAY + "a.jsonl row 4", DAY + "b.csv row 3");

        text(DAY + "c.csv", "user,edits\nw,3\n");
        assertThatThrownBy(() -> run(config, profile))
                .isInstanceOf(BatchException.class)
                .hasMessage(
                        "Cannot read '" + DAY + "c.csv' as events of schema 'UserSnapshot': it has no column taken_at,"
                                + " which the schema needs; a default there, or null, makes a field one that may be missing");
        text(DAY + "c.csv", "user,taken_at,edits\n" + "w,yesterday,3\n".repeat(20));
        assertThatThrownBy(() -> run(config, profile))
                .hasMessageContaining(
                        "none of its 20 rows is one; row 2: Cannot read field 'taken_at': found 'yesterday'");
        Files.delete(folder.resolve(DAY + "c.csv"));
        Files.delete(folder.resolve(DAY + "b.csv"));
        assertThatThrownBy(() -> run(config, profile))
                .isInstanceOf(BatchException.class)
                .hasMessageContaining("gone or changed, first '" + DAY + "b.csv'");
        BatchReport raised = run(config, Snapshots.view("loaded", 2));
        assertThat(raised.past()).isEqualTo(raised.made()).isPositive();
        assertThat(run(config, Snapshots.view("loaded", 2)).there()).isEqualTo(raised.made());
    }

    private void load(
            FreshetConfig config, ViewText view, List<Loaded> files, String name, List<Snapshot> rows, int load)
            throws Exception {
        Snapshots.write(folder, name, rows);
        BatchReport report = run(config, view);
        assertThat(report.loaded()).isEqualTo(1);
        assertThat(report.written()).isPositive();
        assertThat(report.deadLetters()).isEmpty();
        files.add(new Loaded(name, load, report.atMillis(), rows));
    }

    private BatchReport run(FreshetConfig config, ViewText view) throws Exception {
        BatchSpec spec = BatchSpec.prepare(config, view, folder.toString());
        return spec.finish(stack.run(new BatchJob(spec)).awaitCounts());
    }

    /** As one that is killed before its end. */
    private void runWithoutEnd(FreshetConfig config, ViewText view) throws Exception {
        BatchSpec spec = BatchSpec.prepare(config, view, folder.toString());
        stack.run(new BatchJob(spec)).awaitEnd();
    }

    private void text(String name, String text) throws Exception {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    /** The rows must be there, each once, with values that the oracle agrees with, and no others. */
    private static void assertAllAreOwed(List<LoadedRows.Row> owed, List<HistoryRow> rows) {
        Map<String, HistoryRow> byPlace = new HashMap<>();
        for (HistoryRow row : rows) {
            assertThat(byPlace.put(place(row.entity(), row.asOfMillis(), row.seq()), row))
                    .isNull();
        }
        assertThat(byPlace).hasSize(owed.size());
        for (LoadedRows.Row must : owed) {
            String place = place(must.entity(), must.asOfMillis(), must.seq());
            HistoryRow row = byPlace.get(place);
            assertThat(row).as(place).isNotNull();
            for (int column = 0; column < must.answers().size(); column++) {
                assertThat(must.answers().get(column).agreesWith(row.values().get(column)))
                        .as("%s, column %d: %s", place, column, row.values().get(column))
                        .isTrue();
            }
        }
    }

    private static void assertTimesAreOwed(List<LoadedRows.Row> owed, List<HistoryRow> rows) {
        Map<String, Long> times = new HashMap<>();
        rows.forEach(row -> times.put(place(row.entity(), row.asOfMillis(), row.seq()), row.availableAtMillis()));
        for (LoadedRows.Row must : owed) {
            String place = place(must.entity(), must.asOfMillis(), must.seq());
            assertThat(times).as(place).containsEntry(place, must.availableMillis());
        }
    }

    private static String place(String entity, long asOf, long seq) {
        return entity + " " + asOf + " " + seq;
    }

    private static String place(ConsumerRecord<byte[], byte[]> letter) {
        return header(letter, "topic") + " row " + header(letter, "offset");
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static void assertNewestAreOnline(FreshetConfig config, List<HistoryRow> rows) {
        Map<String, HistoryRow> newest = new TreeMap<>();
        rows.forEach(row -> newest.merge(row.entity(), row, (one, other) -> one.compareTo(other) > 0 ? one : other));
        try (RedisClient client = RedisClient.create(stack.redisUri());
                StatefulRedisConnection<String, String> redis = client.connect()) {
            newest.forEach((user, row) -> assertThat(
                            redis.sync().hgetall(OnlineKeys.row(config.namespace(), "user_profile", user)))
                    .containsEntry(OnlineKeys.AS_OF, String.valueOf(row.asOfMillis()))
                    .containsEntry(OnlineKeys.SEQ, String.valueOf(row.seq()))
                    .containsEntry(OnlineKeys.AVAILABLE_AT, String.valueOf(row.availableAtMillis()))
                    .containsEntry(
                            "snapshots_lifetime", String.valueOf(row.values().get(1))));
            assertThat(redis.sync().get(OnlineKeys.watermark(config.namespace(), "user_profile")))
                    .isEqualTo(String.valueOf(at("20:00")));
        }
    }

    /** Asks of each user at each time, in one command, and compares with a loop over all rows. */
    private void assertTrainingSet(
            FreshetConfig config, List<ViewText> views, Stores stores, List<String> users, List<Long> times)
            throws Exception {
        StringBuilder spine = new StringBuilder("user,timestamp\n");
        for (String user : users) {
            times.forEach(time ->
                    spine.append('"').append(user).append("\",").append(time).append('\n'));
        }
        Path csv = Files.writeString(folder.resolve("labels.csv"), spine);
        Path out = folder.resolve("train.parquet");
        TrainingOptions options = TrainingOptions.of(csv.toString(), "user_profile,activity", out.toString());
        TrainingPlan plan = TrainingPreflight.run(KafkaSettings.of(config), config, views, options);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        plan.job(Runtime.getRuntime().maxMemory()).assemble(env);
        stack.flink().submit(env).awaitEnd();
        List<HistoryRow> profiles = stores.history(views.get(0));
        List<HistoryRow> activities = stores.history(views.get(1));
        try (TableReader rows = Tables.open(out.toString(), io.freshet.table.ReadOptions.ALL)) {
            int asOfActivity = rows.schema().indexOf("activity__as_of");
            for (String user : users) {
                for (long time : times) {
                    Object[] row = rows.next();
                    assertThat(row[0]).isEqualTo(user);
                    assertRow(served(of(profiles, user), time), row, 2);
                    assertRow(served(of(activities, user), time), row, asOfActivity);
                }
            }
            assertThat(rows.next()).isNull();
        }
    }

    private static void assertRow(HistoryRow expected, Object[] row, int at) {
        assertThat(row[at]).isEqualTo(expected == null ? null : expected.asOfMillis());
        for (int i = 0; expected != null && i < expected.values().size(); i++) {
            assertThat(row[at + 1 + i]).isEqualTo(expected.values().get(i));
        }
    }

    private static List<HistoryRow> of(List<HistoryRow> rows, String user) {
        return rows.stream().filter(row -> row.entity().equals(user)).toList();
    }

    private static HistoryRow served(List<HistoryRow> rows, long time) {
        return rows.stream()
                .filter(row -> row.availableAtMillis() <= time)
                .max(HistoryRow::compareTo)
                .orElse(null);
    }

    private static List<byte[]> edits(Map<String, List<Day.Edit>> users) throws Exception {
        List<byte[]> events = new ArrayList<>();
        for (List<Day.Edit> own : users.values()) {
            for (Day.Edit edit : own.subList(0, 5)) {
                events.add(edits.edit(edit.user(), Instant.ofEpochMilli(edit.time()), (int) edit.added()));
            }
        }
        return events;
    }

    private static long at(String time) {
        return Instant.parse("2015-09-12T" + time + ":00Z").toEpochMilli();
    }

    /** A moment that no row shares: what comes next is later. */
    private static long now() throws InterruptedException {
        long now = System.currentTimeMillis();
        while (System.currentTimeMillis() <= now) {
            Thread.onSpinWait();
        }
        return now;
    }
}
