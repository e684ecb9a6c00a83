/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.archive.ArchiveJob;
import io.freshet.archive.ArchiveSpec;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.ViewText;
import io.freshet.it.Day.Edit;
import io.freshet.job.KafkaSettings;
import io.freshet.local.LocalStack;
import io.freshet.row.HistoryRow;
import io.freshet.table.TableReader;
import io.freshet.table.Tables;
import io.freshet.training.Ages;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingPreflight;
import io.freshet.training.TrainingReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training sets over the demo's whole day: to every edit, at a time of its own, the rows of three views, against a loop
 * over all logged rows.
 */
class TrainingSetIT {

    private static final List<String> VIEWS = DayRun.VIEWS;

    @TempDir
    static Path folder;

    private static LocalStack stack;
    private static FreshetConfig config;
    private static final Map<String, ViewText> views = new LinkedHashMap<>();
    private static final List<Asked> spine = new ArrayList<>();

    /** A row of the spine. */
    private record Asked(int id, long time, Edit edit) {}

    @BeforeAll
    static void logTheDayAndAskAboutEachEdit() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        config = FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of("kafka.bootstrap", stack.bootstrapServers(), "redis.uri", stack.redisUri()));
        views.putAll(DayRun.views());
        DayRun.run(stack, config, views);
        ask(Day.lines().stream().map(Day::edit).toList());
    }

    /** Half of the questions come with the edit itself, half some time later, in no order. */
    private static void ask(List<Edit> day) {
        Random random = new Random(5);
        for (int i = 0; i < day.size(); i++) {
            long later = i % 2 == 0 ? 0 : (long) (random.nextDouble() * 3 * 3_600_000);
            spine.add(new Asked(i, day.get(i).time() + later, day.get(i)));
        }
        Collections.shuffle(spine, random);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyRowGetsWhatALoopOverAllLoggedRowsFinds() throws Exception {
        Path csv = writeSpine("spine.csv");
        Path out = folder.resolve("train.parquet");

        TrainingReport report = run(TrainingOptions.of(csv.toString(), String.join(",", VIEWS), out.toString()));

        List<Object[]> rows = rows(out);
        assertThat(rows).hasSameSizeAs(spine);
        assertThat(report.rows()).isEqualTo(spine.size());
        Map<String, Map<String, TreeMap<Long, List<HistoryRow>>>> histories = new HashMap<>();
        for (String view : VIEWS) {
            histories.put(view, logged(view));
        }
        List<List<Column>> columnsOf =
                VIEWS.stream().map(view -> views.get(view).plan().columns()).toList();
        long[] matched = new long[VIEWS.size()];
        for (int i = 0; i < rows.size(); i++) {
            Asked asked = spine.get(i);
            assertThat(Arrays.copyOf(rows.get(i), 5))
                    .containsExactly(
                            (long) asked.id(),
                            asked.time(),
                            asked.edit().user(),
                            asked.edit().channel(),
                            asked.edit().page());
            int next = 5;
            for (int view = 0; view < VIEWS.size(); view++) {
                List<Column> columns = columnsOf.get(view);
                HistoryRow expected = served(histories.get(VIEWS.get(view)), key(view, asked.edit()), asked.time());
                matched[view] += expected == null ? 0 : 1;
                Object[] found = Arrays.copyOfRange(rows.get(i), next, next + 1 + columns.size());
                assertThat(found[0]).isEqualTo(expected == null ? null : expected.asOfMillis());
                for (int column = 0; column < columns.size(); column++) {
                    assertThat(found[1 + column])
                            .as(columns.get(column).name())
                            .isEqualTo(
                                    expected == null ? null : expected.values().get(column));
                }
                next += 1 + columns.size();
            }
        }
        for (int view = 0; view < VIEWS.size(); view++) {
            assertThat(report.views().get(view).matched()).isEqualTo(matched[view]);
            assertThat(report.views().get(view).unmatched()).isEqualTo(spine.size() - matched[view]);
            assertThat(matched[view]).isPositive();
        }
    }

    @Test
    void theSameInputsGiveTheSameBytesAlsoWithMoreTasksAndWhereAllRowsAreSorted() throws Exception {
        Path csv = writeSpine("again.csv");
        Path one = folder.resolve("one.parquet");
        Path two = folder.resolve("two.parquet");
        Path all = folder.resolve("all.parquet");

        run(TrainingOptions.of(csv.toString(), "user_activity:edits,page_activity", one.toString()), 1);
        run(TrainingOptions.of(csv.toString(), "user_activity:edits,page_activity", two.toString()), 2);

        TrainingReport sorted =
                run(TrainingOptions.of(csv.toString(), "user_activity:edits,page_activity", all.toString()), 2, 0);

        assertThat(two).hasSameBinaryContentAs(one);
        assertThat(all).hasSameBinaryContentAs(one);
        assertThat(sorted.views().get(0).historyRows()).isGreaterThan(100_000);
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void anArchiveAndWhatIsNotInItYetGiveTheSameBytesAsTheHistory() throws Exception {
        Path csv = writeSpine("archived.csv");
        Path plain = folder.resolve("plain.parquet");
        Path archived = folder.resolve("archived.parquet");
        String wanted = "user_activity,page_activity:edits";
        Path archive = Files.createDirectory(folder.resolve("archive"));
        for (String view : List.of("user_activity", "page_activity")) {
            ArchiveSpec spec = ArchiveSpec.prepare(
                    KafkaSettings.of(config), config.namespace(), views.get(view), archive.toString());
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            new ArchiveJob(spec, 1).assemble(env);
            stack.flink().submit(env).awaitEnd();
        }

        run(TrainingOptions.of(csv.toString(), wanted, plain.toString()));
        TrainingOptions options = TrainingOptions.of(csv.toString(), wanted, archived.toString());
        TrainingReport report = run(ofArchive(options, archive));

        assertThat(archived).hasSameBinaryContentAs(plain);
        assertThat(report.views().get(0).historyRows()).isGreaterThan(100_000);

        // The questions of this spine take about 5 MB per view: so they are held in eight parts, and then not at all.
        for (long memoryBytes : new long[] {5L << 20, 0}) {
            TrainingReport small = run(ofArchive(options, archive), 1, memoryBytes);

            assertThat(archived).hasSameBinaryContentAs(plain);
            assertThat(small).isEqualTo(report);
        }
    }

    private static TrainingOptions ofArchive(TrainingOptions options, Path archive) {
        return new TrainingOptions(
                options.spine(),
                options.views(),
                options.out(),
                options.timeColumn(),
                options.times(),
                options.keys(),
                Optional.of(archive.toString()),
                options.maxAge(),
                options.delay(),
                options.horizon(),
                false,
                true,
                Map.of(),
                Ages.READ,
                false);
    }

    @Test
    void featuresOfBeforeTheHorizonAreThoseOfAnEarlierQuestion() throws Exception {
        Path csv = writeSpine("horizon.csv");
        Path out = folder.resolve("horizon.csv.out.csv");
        TrainingOptions plain = TrainingOptions.of(csv.toString(), "user_activity:edits_1h", out.toString());
        TrainingOptions options = new TrainingOptions(
                plain.spine(),
                plain.views(),
                plain.out(),
                plain.timeColumn(),
                plain.times(),
                plain.keys(),
                plain.archive(),
                plain.maxAge(),
                plain.delay(),
                Duration.ofHours(2),
                false,
                false,
                Map.of(),
                Ages.READ,
                false);
        Map<String, TreeMap<Long, List<HistoryRow>>> logged = logged("user_activity");

        run(options);

        List<Object[]> rows = rows(out);
        int column = views.get("user_activity").plan().columns().stream()
                .map(Column::name)
                .toList()
                .indexOf("edits_1h");
        for (int i = 0; i < rows.size(); i++) {
            Asked asked = spine.get(i);
            HistoryRow expected = served(logged, asked.edit().user(), asked.time() - 7_200_000);
            assertThat(rows.get(i)[6])
                    .isEqualTo(
                            expected == null
                                    ? null
                                    : String.valueOf(expected.values().get(column)));
        }
    }

    /** All rows of a view by entity, and by the moment from which they were available. */
    private static Map<String, TreeMap<Long, List<HistoryRow>>> logged(String view) {
        Map<String, TreeMap<Long, List<HistoryRow>>> byEntity = new HashMap<>();
        for (HistoryRow row : new Stores(config).history(views.get(view))) {
            byEntity.computeIfAbsent(row.entity(), entity -> new TreeMap<>())
                    .computeIfAbsent(row.availableAtMillis(), moment -> new ArrayList<>())
                    .add(row);
        }
        return byEntity;
    }

    /** Of the rows of the last moment up to a time, the one of the latest as_of, then of the greatest seq; or null. */
    private static HistoryRow served(Map<String, TreeMap<Long, List<HistoryRow>>> rows, String entity, long time) {
        Map.Entry<Long, List<HistoryRow>> moment =
                rows.getOrDefault(entity, new TreeMap<>()).floorEntry(time);
        if (moment == null) {
            return null;
        }
        HistoryRow best = moment.getValue().get(0);
        for (HistoryRow row : moment.getValue()) {
            if (row.asOfMillis() > best.asOfMillis()
                    || (row.asOfMillis() == best.asOfMillis() && row.seq() > best.seq())) {
                best = row;
            }
        }
        return best;
    }

    private static String key(int view, Edit edit) {
        return switch (view) {
            case 0 -> edit.user();
            case 1 -> edit.channel();
            default -> escape(edit.channel()) + "|" + escape(edit.page());
        };
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|");
    }

    private static Path writeSpine(String name) throws Exception {
        StringBuilder text = new StringBuilder("id,timestamp,user,channel,page\n");
        for (Asked asked : spine) {
            Edit edit = asked.edit();
            text.append(asked.id())
                    .append(',')
                    .append(asked.time())
                    .append(',')
                    .append(quoted(edit.user()))
                    .append(',')
                    .append(quoted(edit.channel()))
                    .append(',')
                    .append(quoted(edit.page()))
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static TrainingReport run(TrainingOptions options) throws Exception {
        return run(options, 1);
    }

    private static TrainingReport run(TrainingOptions options, int parallelism) throws Exception {
        return run(options, parallelism, Runtime.getRuntime().maxMemory());
    }

    private static TrainingReport run(TrainingOptions options, int parallelism, long memoryBytes) throws Exception {
        TrainingPlan plan =
                TrainingPreflight.run(KafkaSettings.of(config), config, List.copyOf(views.values()), options);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        plan.job(memoryBytes).assemble(env);
        return TrainingReport.of(plan, stack.flink().submit(env).awaitCounts());
    }

    private static List<Object[]> rows(Path file) throws Exception {
        List<Object[]> rows = new ArrayList<>();
        try (TableReader reader = Tables.open(new org.apache.flink.core.fs.Path(file.toUri()))) {
            for (Object[] row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
