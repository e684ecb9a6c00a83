/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.backfill.BackfillDelay;
import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.EventFiles;
import io.freshet.backfill.Span;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import io.freshet.job.KafkaSettings;
import io.freshet.local.JobHandle;
import io.freshet.operator.AvailableAt;
import io.freshet.oracle.Oracle;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import io.freshet.source.EventRange;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingPreflight;
import io.freshet.training.TrainingReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backfills on the embedded stack: which rows are in the history afterwards, and what they say. */
class BackfillIT extends BackfillStage {

    @Test
    void backfilledRowsAreThoseThatTheLiveJobWroteOfEventsInOrder() throws Exception {
        FreshetConfig config = config("same");
        Stores stores = topic(config, 2, inOrder(2, 300));
        ViewText view = view("same", "on_event", FEATURES);
        live(config, view, new EventRange.Earliest(), new AvailableAt.Live()).awaitEnd();
        Map<String, String> online = online("same", "user1");

        BackfillReport report = backfill(config, view, UP_TO_NOW, SECOND);

        Map<String, List<Object>> live = rows(stores.history(view), RowOrigin.LIVE);
        Map<String, List<Object>> backfilled = rows(stores.history(view), RowOrigin.BACKFILL);
        assertThat(live).hasSizeGreaterThan(600);
        assertThat(backfilled).containsAllEntriesOf(live);
        // Each task of the live job stops where its own input ends; the backfill takes all to the end of the whole.
        assertThat(backfilled.size() - live.size()).isLessThan(40);
        assertThat(report.views().get(0).written()).isEqualTo(backfilled.size());
        assertThat(report.read()).isEqualTo(600);
        assertThat(stores.history(view))
                .filteredOn(row -> row.origin() == RowOrigin.BACKFILL)
                .allMatch(row -> row.availableAtMillis() == row.asOfMillis() + 1_000);
        assertThat(online("same", "user1")).isEqualTo(online);
    }

    @Test
    void whatTheLiveJobHasIsLeftToIt() throws Exception {
        FreshetConfig config = config("left");
        Stores stores = topic(config, 1, inOrder(1, 200));
        ViewText view = view("left", "on_event", FEATURES);
        live(config, view, new EventRange.Earliest(), new AvailableAt.Live()).awaitEnd();

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), Optional.empty()).views().get(0);

        assertThat(report.written()).isZero();
        assertThat(report.leftToLive()).isGreaterThan(200);
        assertThat(report.delay().basis()).isEqualTo(BackfillDelay.Basis.MEASURED);
        assertThat(rows(stores.history(view), RowOrigin.BACKFILL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on_event", "on_watermark"})
    void everyValueAgreesWithTheOracleWhateverTheOrderOfEvents(String emit) throws Exception {
        String name = "oracle_" + emit;
        FreshetConfig config = config(name);
        List<List<byte[]>> shuffled = inOrder(3, 200);
        shuffled.forEach(events -> Collections.shuffle(events, new Random(5)));
        Stores stores = topic(config, 3, shuffled);
        ViewText view = view(name, emit, FEATURES);

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), SECOND).views().get(0);

        Oracle oracle = oracle(view, shuffled);
        List<HistoryRow> rows = stores.history(view);
        assertThat(rows).hasSize((int) report.made()).hasSizeGreaterThan(600);
        assertThat(report.events()).isEqualTo(600);
        for (HistoryRow row : rows) {
            assertThat(row.warming()).isEmpty();
            // Of rows as of one moment the last tells all of it.
            if (rows.stream()
                    .noneMatch(other -> other.entity().equals(row.entity())
                            && other.asOfMillis() == row.asOfMillis()
                            && other.seq() > row.seq())) {
                for (int i = 0; i < view.plan().windowed().size(); i++) {
                    assertThat(oracle.answer(i, row.entity(), row.asOfMillis())
                                    .agreesWith(row.values().get(i)))
                            .as("column %d of %s", i, row)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "jsonl", "parquet"})
    void eventsOfFilesComeBeforeThoseOfTheTopicWithoutGapOrDouble(String format, @TempDir Path folder)
            throws Exception {
        FreshetConfig whole = config("whole_" + format);
        Stores expected = topic(whole, 1, inOrder(1, 200));
        backfill(whole, view("whole_" + format, "on_event", FEATURES), Span.all(), SECOND);
        FreshetConfig config = config("files_" + format);
        // The topic begins at event 100, the files end behind it, and lie in no order.
        Stores stores = topic(config, 1, List.of(inOrder(1, 200).get(0).subList(100, 200)));
        EditFiles.write(edits, format, folder.resolve("a." + format), fields(60, 120));
        EditFiles.write(edits, format, folder.resolve("b." + format), fields(0, 60));
        ViewText view = view("files_" + format, "on_event", FEATURES);

        BackfillSpec spec = BackfillSpec.prepare(
                config,
                List.of(view),
                new BackfillSpec.Request(Span.all(), SECOND, EventFiles.find(List.of(folder + "/*." + format)), true));
        JobHandle job = stack.run(new BackfillJob(spec));
        BackfillReport report = BackfillReport.of(spec, job.awaitCounts());

        assertThat(report.topics().get(0).ofFiles().records()).isEqualTo(120);
        assertThat(report.topics().get(0).ofFiles().lastMillis()).hasValue(at(119));
        assertThat(report.topics().get(0).ofTopic().firstMillis()).hasValue(at(100));
        assertThat(report.views().get(0).overlap()).isEqualTo(20);
        assertThat(report.views().get(0).events()).isEqualTo(200);
        assertThat(rows(stores.history(view), RowOrigin.BACKFILL))
                .isEqualTo(rows(expected.history(view("whole_" + format, "on_event", FEATURES)), RowOrigin.BACKFILL));
        assertThat(stores.history(view)).allMatch(row -> row.warming().isEmpty());
    }

    @Test
    void fromAndToAreTheBordersOfRowsNotOfEvents() throws Exception {
        FreshetConfig config = config("borders");
        Stores stores = topic(config, 1, inOrder(1, 100));
        ViewText view = view("borders", "on_event", FEATURES);
        backfill(config, view, new Span(at(40), at(60)), SECOND);
        List<HistoryRow> middle = stores.history(view);
        assertThat(middle).isNotEmpty().allMatch(row -> row.asOfMillis() >= at(40) && row.asOfMillis() < at(60));
        assertThat(middle).anyMatch(row -> row.asOfMillis() == at(40));

        BackfillReport.OfView report =
                backfill(config, view, Span.all(), SECOND).views().get(0);

        // Windows were warm: the rows of the middle are those of the whole.
        assertThat(report.there()).isEqualTo(middle.size());
        assertThat(stores.history(view)).hasSize((int) report.made());
    }

    @Test
    void aNewFeatureGetsAPastBesideTheRowsThatLackIt() throws Exception {
        FreshetConfig config = config("feature");
        Stores stores = topic(config, 1, inOrder(1, 150));
        ViewText before = view("feature", "on_event", FEATURES);
        live(config, before, new EventRange.Earliest(), new AvailableAt.Live()).awaitEnd();
        List<HistoryRow> live = stores.history(before);
        ViewText after = view("feature", "on_event", FEATURES + "  deleted: {sum: deleted, windows: [5m]}\n");

        BackfillReport.OfView report =
                backfill(config, after, Span.all(), Optional.empty()).views().get(0);

        assertThat(report.leftToLive()).isZero();
        int added = after.plan().columns().size() - 1;
        Map<String, List<HistoryRow>> backfilled = new HashMap<>();
        stores.history(after).stream()
                .filter(row -> row.origin() == RowOrigin.BACKFILL)
                .forEach(row -> backfilled
                        .computeIfAbsent(row.entity() + "@" + row.asOfMillis(), key -> new ArrayList<>())
                        .add(row));
        for (HistoryRow row : live) {
            List<HistoryRow> same = backfilled.get(row.entity() + "@" + row.asOfMillis());
            assertThat(same).as("%s", row).isNotEmpty();
            assertThat(same)
                    .anySatisfy(
                            one -> assertThat(one.values().subList(0, added)).isEqualTo(row.values()));
        }
        assertThat(backfilled.values().stream().flatMap(List::stream))
                .anyMatch(row -> row.values().get(added) != null);
        assertThat(backfill(config, after, Span.all(), Optional.empty())
                        .views()
                        .get(0)
                        .written())
                .isZero();
    }

    @Test
    void aTrainingSetTakesANewFeatureFromTheBackfillAndTheOthersFromWhatWasServed(@TempDir Path folder)
            throws Exception {
        FreshetConfig config = config("gained");
        Stores stores = topic(config, 1, inOrder(1, 150));
        live(config, view("gained", "on_event", FEATURES), new EventRange.Earliest(), new AvailableAt.Live())
                .awaitEnd();
        ViewText after = view("gained", "on_event", FEATURES + "  deleted: {sum: deleted, windows: [1d]}\n");
        backfill(config, after, Span.all(), SECOND);
        Path spine = Files.writeString(
                folder.resolve("spine.csv"),
                "user,timestamp\nuser1," + Instant.now().plusSeconds(1) + "\n");
        Path out = folder.resolve("train.parquet");

        TrainingPlan plan = TrainingPreflight.run(
                KafkaSettings.of(config),
                config,
                List.of(after),
                TrainingOptions.of(spine.toString(), "activity:edits_10m,deleted_1d", out.toString()));
        TrainingReport report = TrainingReport.of(
                plan, stack.run(env -> plan.job().assemble(env)).awaitCounts());

        List<HistoryRow> rows = stores.history(after).stream()
                .filter(row -> row.entity().equals("user1"))
                .sorted()
                .toList();
        List<HistoryRow> served =
                rows.stream().filter(row -> row.origin() == RowOrigin.LIVE).toList();
        HistoryRow last = served.get(served.size() - 1);
        assertThat(last.warming()).containsExactly("deleted_1d");
        int deleted = after.plan().columns().size() - 1;
        Object expected = rows.stream()
                .filter(row -> row.origin() == RowOrigin.BACKFILL)
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .values()
                .get(deleted);
        assertThat(expected).isNotNull();
        try (TableReader reader = Tables.open(new org.apache.flink.core.fs.Path(out.toUri()))) {
            Object[] row = reader.next();
            assertThat(row[reader.schema().indexOf("activity__as_of")]).isEqualTo(last.asOfMillis());
            assertThat(row[reader.schema().indexOf("activity__deleted_1d")]).isEqualTo(expected);
        }
        assertThat(report.views().get(0).filled()).isEqualTo(1);
    }

    @Test
    void ofEachEntityRowsGoOnToWhereItsLiveRowsAreComplete() throws Exception {
        FreshetConfig config = config("handover");
        Stores stores = new Stores(config);
        stores.createTopic("handover.edits", 1);
        ViewText view = view("handover", "on_event", FEATURES);
        Instant now = Instant.now();
        stores.produce(
                "handover.edits",
                0,
                List.of(edits.edit("quiet", now.minusSeconds(30), 1), edits.edit("busy", now.minusSeconds(20), 1)));
        long begin = System.currentTimeMillis() + 1;
        Awaitility.await().until(() -> System.currentTimeMillis() > begin);
        List<byte[]> later = new ArrayList<>();
        for (int minute = 1; minute < 40; minute++) {
            later.add(edits.edit("busy", now.plus(Duration.ofMinutes(minute)), 1));
        }
        stores.produce("handover.edits", 0, later);
        live(config, view, new EventRange.At(begin), new AvailableAt.Live()).awaitEnd();

        backfill(config, view, Span.all(), SECOND);

        long complete = stores.history(view).stream()
                .filter(row -> row.origin() == RowOrigin.LIVE && row.warming().isEmpty())
                .mapToLong(HistoryRow::asOfMillis)
                .min()
                .orElseThrow();
        List<HistoryRow> backfilled = stores.history(view).stream()
                .filter(row -> row.origin() == RowOrigin.BACKFILL)
                .toList();
        assertThat(backfilled)
                .filteredOn(row -> row.entity().equals("busy"))
                .isNotEmpty()
                .allMatch(row -> row.asOfMillis() < complete);
        // The live job knows nothing of it: all is told here, to the last row.
        assertThat(backfilled)
                .filteredOn(row -> row.entity().equals("quiet"))
                .extracting(row -> row.values().get(0))
                .endsWith(0L);
        List<HistoryRow> busy = stores.history(view).stream()
                .filter(row -> row.entity().equals("busy"))
                .filter(row -> row.warming().isEmpty())
                .toList();
        assertThat(busy).extracting(row -> row.values().get(1)).contains(10L);
    }

    @Test
    void eventsOfSeveralTopicsAreReplayedInOneOrder() throws Exception {
        FreshetConfig whole = config("one");
        Stores expected = topic(whole, 1, inOrder(1, 200));
        backfill(whole, view("one", "on_event", FEATURES), Span.all(), SECOND);
        FreshetConfig config = config("several");
        Stores stores = new Stores(config);
        List<byte[]> all = inOrder(1, 200).get(0);
        for (int topic = 0; topic < 2; topic++) {
            List<byte[]> own = new ArrayList<>();
            for (int i = topic; i < all.size(); i += 2) {
                own.add(all.get(i));
            }
            stores.createTopic("several.edits" + topic, 1);
            stores.produce("several.edits" + topic, 0, own);
        }
        ViewText view = edits.view("""
                view: activity
                source:
                  - {topic: several.edits0, schema: WikipediaEdit, event_time: time}
                  - {topic: several.edits1, schema: WikipediaEdit, event_time: time}
                entity: [user]
                windows: [1m, 10m]
                features:
                """ + FEATURES);

        BackfillReport report = backfill(config, view, Span.all(), SECOND);

        assertThat(report.topics())
                .extracting(topic -> topic.ofTopic().records())
                .containsExactly(100L, 100L);
        assertThat(rows(stores.history(view), RowOrigin.BACKFILL))
                .isEqualTo(rows(expected.history(view("one", "on_event", FEATURES)), RowOrigin.BACKFILL));
        assertThat(stores.history(view)).allMatch(row -> row.warming().isEmpty());
    }

    @Test
    void deadLettersAreCountedNotWritten() throws Exception {
        FreshetConfig config = config("letters");
        List<byte[]> events = inOrder(1, 20).get(0);
        events.add(5, new byte[] {1, 2});
        events.add(edits.edit("user1", Instant.now().plus(Duration.ofDays(1)), 1));
        Stores stores = topic(config, 1, List.of(events));

        BackfillReport report = backfill(config, view("letters", "on_event", FEATURES), Span.all(), SECOND);

        assertThat(report.topics().get(0).ofTopic().deadLetters())
                .isEqualTo(Map.of("undecodable", 1L, "future_time", 1L));
        assertThat(stores.deadLetters()).isEmpty();
    }
}
