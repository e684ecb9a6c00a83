/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.backfill.BackfillJob;
import io.freshet.backfill.BackfillReport;
import io.freshet.backfill.BackfillSpec;
import io.freshet.backfill.Span;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.ViewText;
import io.freshet.it.Day.Edit;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo's day through the whole system: every value of every row of three views against plain loops over the lines of
 * the file, and the rows themselves against the moments at which a value must change.
 */
class FullDayIT {

    private static final Map<String, long[]> WINDOWS = Map.of(
            "1m", new long[] {60_000, 1_000},
            "5m", new long[] {300_000, 5_000},
            "1h", new long[] {3_600_000, 60_000},
            "1d", new long[] {86_400_000, 900_000});

    /** Each task stops where its own input ends: rows up to a minute before the day's end are owed by all. */
    private static final long TRAIL_MILLIS = 60_000;

    private static LocalStack stack;
    private static FreshetConfig config;
    private static List<Edit> day;
    private static Map<String, ViewText> views = new LinkedHashMap<>();

    @BeforeAll
    static void runTheDay() throws Exception {
        stack = LocalStack.start(LocalStack.Options.freePorts());
        config = FreshetConfig.of(
                "test",
                "",
                Map.of(),
                Map.of("kafka.bootstrap", stack.bootstrapServers(), "redis.uri", stack.redisUri()));
        views.putAll(DayRun.views());
        DayRun.run(stack, config, views);
        day = Day.lines().stream().map(Day::edit).toList();
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void everyValueOfTheUserViewIsThatOfPlainLoops() throws Exception {
        Map<String, Function<List<Edit>, Object>> features = new HashMap<>();
        features.put("edits", FullDayIT::count);
        features.put("chars_added", edits -> sum(edits, Edit::added));
        features.put("chars_deleted", edits -> sum(edits, Edit::deleted));
        features.put("delta_mean", edits -> mean(edits, edit -> (double) edit.delta()));
        features.put("delta_stddev", edits -> deviation(edits, 1));
        features.put(
                "delta_min",
                edits -> edits.stream()
                        .map(Edit::delta)
                        .min(Comparator.naturalOrder())
                        .orElse(null));
        features.put(
                "delta_max",
                edits -> edits.stream()
                        .map(Edit::delta)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
        features.put("pages", edits -> distinct(edits, Edit::page));
        features.put("pages_about", edits -> distinct(edits, Edit::page));
        features.put("minor_edits", edits -> count(edits, Edit::minor));
        features.put(
                "main_edits", edits -> count(edits, edit -> edit.namespace().equals("Main")));
        features.put("size_logged", edits -> mean(edits, edit -> (double) (edit.added() + edit.deleted())));
        features.put(
                "first_seen", edits -> edits.isEmpty() ? null : edits.get(0).time());
        features.put(
                "last_page",
                edits -> edits.isEmpty() ? null : edits.get(edits.size() - 1).page());
        Map<String, Function<Map<String, Object>, Object>> derived = Map.of(
                "minor_share_1h", row -> share(row, "minor_edits_1h", "edits_1h"),
                "main_share_1h", row -> share(row, "main_edits_1h", "edits_1h"),
                "burst", row -> share(row, "edits_5m", "edits_1h"));
        check("user_activity", Edit::user, features, derived, Map.of());
    }

    @Test
    void everyValueOfTheChannelViewIsThatOfPlainLoops() throws Exception {
        Map<String, Function<List<Edit>, Object>> features = new HashMap<>();
        features.put("edits", FullDayIT::count);
        features.put("editors_about", edits -> distinct(edits, Edit::user));
        features.put("new_pages", edits -> count(edits, Edit::fresh));
        features.put("unpatrolled", edits -> count(edits, Edit::unpatrolled));
        features.put("chars_added", edits -> sum(edits, Edit::added));
        features.put("delta_stddev", edits -> deviation(edits, 0));
        check(
                "channel_activity",
                Edit::channel,
                features,
                Map.of("unpatrolled_share_1h", row -> share(row, "unpatrolled_1h", "edits_1h")),
                Map.of());
    }

    @Test
    void everyValueOfThePageViewIsThatOfPlainLoops() throws Exception {
        Map<String, Function<List<Edit>, Object>> features = new HashMap<>();
        features.put("edits", FullDayIT::count);
        features.put("editors", edits -> distinct(edits, Edit::user));
        features.put("anonymous", edits -> count(edits, Edit::anonymous));
        features.put("growth", edits -> sum(edits, Edit::delta));
        features.put(
                "delta_max",
                edits -> edits.stream()
                        .map(Edit::delta)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
        features.put(
                "last_editor_anonymous",
                edits -> edits.isEmpty() ? null : edits.get(edits.size() - 1).anonymous());
        check(
                "page_activity",
                edit -> escape(edit.channel()) + "|" + escape(edit.page()),
                features,
                Map.of("edits_per_editor_1d", row -> share(row, "edits_1d", "editors_1d")),
                Map.of("delta_max_1d", 3_600_000L));
    }

    @Test
    void aBackfillOfAllViewsGivesTheRowsOfTheLiveJobOnceMore() throws Exception {
        BackfillSpec backfill = BackfillSpec.prepare(
                config,
                List.copyOf(views.values()),
                BackfillSpec.Request.ofTopics(
                        new Span(Long.MIN_VALUE, Instant.now().toEpochMilli()), Optional.of(Duration.ofSeconds(1))));
        JobHandle job = stack.run(new BackfillJob(backfill));
        BackfillReport report = BackfillReport.of(backfill, job.awaitCounts());
        assertThat(report.read()).isEqualTo(39_244);
        for (BackfillReport.OfView of : report.views()) {
            Map<String, List<Object>> live = new HashMap<>();
            Map<String, List<Object>> backfilled = new HashMap<>();
            for (HistoryRow row : new Stores(config).history(views.get(of.view()))) {
                (row.origin() == RowOrigin.LIVE ? live : backfilled)
                        .put(row.entity() + " " + row.asOfMillis() + " " + row.seq(), row.values());
            }
            assertThat(backfilled).hasSize((int) of.written()).containsAllEntriesOf(live);
            // Each task of the live job stops where its own input ends.
            assertThat(backfilled.size() - live.size()).isLessThan(300);
        }
    }

    @Test
    void nothingIsPutAside() {
        assertThat(new Stores(config).deadLetters()).isEmpty();
    }

    @Test
    void redisHoldsTheNewestRowOfEachUser() throws Exception {
        ViewText view = views.get("user_activity");
        Map<String, HistoryRow> newest = new HashMap<>();
        live("user_activity").forEach(row -> newest.put(row.entity(), row));
        assertThat(newest).hasSize(10_531);
        try (OnlineReader reader = OnlineReader.connect(stack.redisUri(), config.namespace(), Duration.ofSeconds(30))) {
            List<Column> columns = view.plan().columns();
            Map<String, OnlineRow> online =
                    reader.read(view.plan(), List.copyOf(newest.keySet())).rows();
            newest.forEach((user, row) -> {
                OnlineRow found = online.get(user);
                assertThat(found).isNotNull();
                assertThat(found.asOfMillis()).isEqualTo(row.asOfMillis());
                assertThat(found.seq()).isEqualTo(row.seq());
                for (int i = 0; i < columns.size(); i++) {
                    assertThat(found.value(columns.get(i).name()))
                            .isEqualTo(row.values().get(i));
                }
            });
        }
    }

    /** The rows of the live job: one test adds others to the histories. */
    private static List<HistoryRow> live(String view) {
        return new Stores(config)
                .history(views.get(view)).stream()
                        .filter(row -> row.origin() == RowOrigin.LIVE)
                        .toList();
    }

    private static void check(
            String name,
            Function<Edit, String> key,
            Map<String, Function<List<Edit>, Object>> features,
            Map<String, Function<Map<String, Object>, Object>> derived,
            Map<String, Long> hops) {
        List<Column> columns = views.get(name).plan().columns();
        Map<String, List<Edit>> edits = Day.by(day, key);
        Map<String, List<HistoryRow>> rows = live(name).stream().collect(Collectors.groupingBy(HistoryRow::entity));
        assertThat(rows.keySet()).isEqualTo(edits.keySet());
        rows.entrySet().parallelStream().forEach(entity -> {
            List<Edit> of = edits.get(entity.getKey());
            List<HistoryRow> all = entity.getValue();
            for (int i = 0; i < all.size(); i++) {
                long asOf = all.get(i).asOfMillis();
                // At one moment a tile may leave before an edit comes: the first row does not have the edit yet.
                boolean before = i + 1 < all.size() && all.get(i + 1).asOfMillis() == asOf;
                List<Edit> known =
                        before ? of.stream().filter(edit -> edit.time() != asOf).toList() : of;
                checkRow(columns, known, all.get(i), features, derived, hops);
            }
            checkMoments(columns, of, entity.getValue(), hops);
        });
    }

    private static void checkRow(
            List<Column> columns,
            List<Edit> edits,
            HistoryRow row,
            Map<String, Function<List<Edit>, Object>> features,
            Map<String, Function<Map<String, Object>, Object>> derived,
            Map<String, Long> hops) {
        Map<String, Object> expected = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i).name();
            Object value;
            if (derived.containsKey(column)) {
                value = derived.get(column).apply(expected);
            } else {
                String feature = column.substring(0, column.lastIndexOf('_'));
                long[] window = WINDOWS.get(column.substring(column.lastIndexOf('_') + 1));
                value = features.get(feature)
                        .apply(Day.window(edits, window[0], hops.getOrDefault(column, window[1]), row.asOfMillis()));
            }
            expected.put(column, value);
            Object actual = row.values().get(i);
            if (!agree(column, value, actual)) {
                throw new AssertionError(column + " of " + row + ": expected " + value + ", found " + actual);
            }
        }
        assertThat(row.availableAtMillis()).isEqualTo(row.asOfMillis() + 1_000);
        assertThat(row.warming()).isEmpty();
    }

    /** A row for each edit and for each moment at which a tile leaves a window; no other. */
    private static void checkMoments(
            List<Column> columns, List<Edit> edits, List<HistoryRow> rows, Map<String, Long> hops) {
        long last = day.get(day.size() - 1).time() - TRAIL_MILLIS;
        Set<Long> expected = new TreeSet<>();
        for (Edit edit : edits) {
            expected.add(edit.time());
            for (Column column : columns) {
                if (column instanceof Column.Windowed) {
                    long[] window =
                            WINDOWS.get(column.name().substring(column.name().lastIndexOf('_') + 1));
                    long hop = hops.getOrDefault(column.name(), window[1]);
                    expected.add(Math.floorDiv(edit.time(), hop) * hop + hop + window[0]);
                }
            }
        }
        assertThat(rows.stream()
                        .map(HistoryRow::asOfMillis)
                        .filter(asOf -> asOf <= last)
                        .distinct()
                        .toList())
                .containsExactlyElementsOf(
                        expected.stream().filter(moment -> moment <= last).toList());
    }

    private static boolean agree(String column, Object expected, Object actual) {
        if (expected instanceof Long exact && actual instanceof Long about && column.contains("_about_")) {
            return Math.abs(exact - about) <= 1 + 5 * 0.01625 * exact;
        }
        if (expected instanceof Double a && actual instanceof Double b) {
            return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
        }
        return expected == null ? actual == null : expected.equals(actual);
    }

    private static Object count(List<Edit> edits) {
        return (long) edits.size();
    }

    private static Object count(List<Edit> edits, Predicate<Edit> filter) {
        return edits.stream().filter(filter).count();
    }

    private static Object distinct(List<Edit> edits, Function<Edit, String> field) {
        return edits.stream().map(field).distinct().count();
    }

    private static Object sum(List<Edit> edits, Function<Edit, Long> field) {
        return edits.stream().map(field).reduce(Long::sum).orElse(null);
    }

    private static Object mean(List<Edit> edits, Function<Edit, Double> field) {
        return edits.isEmpty() ? null : edits.stream().mapToDouble(field::apply).sum() / edits.size();
    }

    private static Object deviation(List<Edit> edits, int less) {
        if (edits.size() <= less) {
            return null;
        }
        double mean = edits.stream().mapToLong(Edit::delta).sum() / (double) edits.size();
        double squares = edits.stream()
                .mapToDouble(edit -> (edit.delta() - mean) * (edit.delta() - mean))
                .sum();
        return Math.sqrt(squares / (edits.size() - less));
    }

    private static Object share(Map<String, Object> row, String part, String whole) {
        long all = (Long) row.get(whole);
        return all > 0 ? (Long) row.get(part) / (double) all : 0.0;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("|", "\\|");
    }
}
