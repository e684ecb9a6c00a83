/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import io.freshet.server.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A console over made-up figures: two views, one of them behind, and texts that would be markup if they were taken for it. */
final class Fixture implements ConsoleSource {

    static final String MARKUP = "<img src=x onerror=\"window.hacked=1\"><b>bold</b>";
    static final String VIEW = "user_activity";

    private static final long NOW = 1_767_225_600_000L;
    private static final long HOUR = 3_600_000;
    private static final int PARTS = 3;

    @Override
    public Overview overview() {
        Overview.Job job =
                new Overview.Job("12a4", "RUNNING", true, NOW - HOUR, 2, 360, 0, NOW - 6_000, 8_000_000L, null);
        return new Overview(
                NOW,
                "freshet",
                job,
                12L,
                List.of(),
                List.of(
                        new Overview.View(
                                VIEW,
                                1,
                                "What one user does lately",
                                "data",
                                false,
                                "fresh",
                                NOW - 6_100,
                                6_100L,
                                5_000,
                                1066.3,
                                63_976L,
                                21.0,
                                62.0,
                                0L,
                                0L),
                        new Overview.View(
                                "channel_activity",
                                2,
                                MARKUP,
                                "",
                                false,
                                "stale",
                                NOW - 25_400,
                                25_400L,
                                5_000,
                                3.4,
                                63_976L,
                                19_000.0,
                                25_000.0,
                                12_403L,
                                17L),
                        new Overview.View(
                                "page_activity",
                                1,
                                "Who was at one page",
                                "",
                                false,
                                "unknown",
                                null,
                                null,
                                5_000,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    private static void check(String view) {
        if (!view.equals(VIEW)) {
            throw Refusal.of(404, "unknown_view", "Unknown view '" + view + "'").help("Known: " + VIEW);
        }
    }

    private static List<Definition.Column> columns() {
        List<Definition.Column> columns = new ArrayList<>();
        for (String window : List.of("1m", "1h", "1d")) {
            long millis = window.equals("1m") ? 60_000 : window.equals("1h") ? HOUR : 24 * HOUR;
            columns.add(new Definition.Column(
                    "edits_" + window, "long", "edits", window, millis, millis / 60, "count(*)", null));
        }
        columns.add(new Definition.Column(
                "delta_mean_1h", "double", "delta_mean", "1h", HOUR, 60_000L, "mean(delta)", "event.isMinor"));
        columns.add(new Definition.Column(
                "last_page_1d", "string", "last_page", "1d", 24 * HOUR, 900_000L, "last(page)", null));
        columns.add(new Definition.Column(
                "burst",
                "double",
                null,
                "1h",
                HOUR,
                60_000L,
                "edits_1h > 0 ? double(edits_1m) / double(edits_1h) : 0.0",
                null));
        return columns;
    }

    @Override
    public Definition definition(String view) {
        check(view);
        return new Definition(
                view,
                1,
                "What one user does lately",
                "data",
                "views/user_activity.yaml",
                "view: user_activity\n# " + MARKUP + "\n",
                List.of(new Definition.Field("user", "string")),
                "on_event",
                null,
                "hash",
                172_800_000L,
                null,
                5_000,
                null,
                "freshet.user_activity.history",
                "freshet:user_activity:<user>",
                List.of(new Definition.Source(
                        "wikipedia.edits", "WikipediaEdit", "time", "single_object", 5_000, 30_000, 60_000)),
                columns(),
                List.of(new Definition.OnDemand("ratio", "double", "request.amount / edits_1h")));
    }

    @Override
    public Activity activity(String view, int minutes) {
        check(view);
        long size = minutes * 1_000L;
        List<Activity.Bucket> buckets = new ArrayList<>();
        List<Activity.Sample> samples = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            buckets.add(new Activity.Bucket(NOW - (60 - i) * size, (long) (900 + 500 * Math.sin(i / 5.0))));
            samples.add(new Activity.Sample(
                    NOW - (60 - i) * size, i < 9 ? null : 20 + i % 7.0, i < 9 ? null : 60 + i % 11.0, 6_000L));
        }
        return new Activity(NOW, NOW - 60 * size, size, buckets, NOW - 60 * size, samples);
    }

    @Override
    public Recent recent(String view) {
        check(view);
        return new Recent(
                200, List.of("PereBot", "Ann|B", MARKUP), List.of(new Recent.Warming("edits_1d", 180)), 25.0, 71.0);
    }

    @Override
    public Entity entity(String view, String key) {
        check(view);
        Map<String, Entity.Value> values = new LinkedHashMap<>();
        values.put("edits_1m", new Entity.Value("0", false));
        values.put("edits_1h", new Entity.Value("1204", false));
        values.put("edits_1d", new Entity.Value("9007199254740993", true));
        values.put("delta_mean_1h", new Entity.Value("0.3333333333333333", false));
        values.put("last_page_1d", new Entity.Value(MARKUP, true));
        values.put("burst", new Entity.Value("null", false));
        return new Entity(NOW, key, true, "warming", NOW - 6_100, NOW - 61_000, 61_000L, 341L, 1, 2, values);
    }

    /** In three parts, so that a page has to go on. */
    @Override
    public HistoryPart history(String view, String key, OptionalLong from, OptionalLong sinceMillis) {
        check(view);
        int part = (int) from.orElse(0);
        List<HistoryPart.Row> rows = new ArrayList<>();
        for (int i = 40 * part; i < 40 * (part + 1); i++) {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(i % 4);
            values.add(20 + i % 17);
            values.add(Integer.toString(200 + i));
            values.add(i % 10 == 0 ? null : (Object) (5 * Math.sin(i / 9.0)));
            values.add(MARKUP);
            values.add(0.5);
            rows.add(new HistoryPart.Row(
                    NOW - 6 * HOUR + i * 170_000L,
                    NOW,
                    i + 1,
                    1,
                    i % 3 != 1,
                    "live",
                    i < 20 ? List.of("edits_1d") : List.of(),
                    values));
        }
        return new HistoryPart(1, 4, part, part + 1, PARTS, part + 1 == PARTS, 50_000, rows);
    }

    @Override
    public Baselines baselines(String view) {
        check(view);
        return new Baselines(NOW, List.of("train.parquet"), "last 1d");
    }

    @Override
    public Map<String, @Nullable Object> drift(String view, String baseline, String against) {
        check(view);
        if (!baseline.equals("train.parquet")) {
            throw Refusal.of(400, "bad_range", "Cannot read time range '" + baseline + "'");
        }
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("now", NOW);
        answer.put("view", view);
        answer.put("drift", true);
        answer.put("cut", null);
        answer.put("baseline", side(baseline, 12_000));
        answer.put("against", side(against, 45_000));
        answer.put(
                "columns",
                List.of(
                        column(
                                "edits_1h",
                                "number",
                                "drift",
                                Map.of(
                                        "edges",
                                        List.of(-0.5, 0.5, 1.5, 2.5),
                                        "bent",
                                        0,
                                        "baseline",
                                        List.of(0.6, 0.3, 0.1),
                                        "against",
                                        List.of(0.1, 0.3, 0.6))),
                        column(
                                "last_page_1d",
                                "category",
                                "ok",
                                Map.of("texts", List.of(Map.of("text", MARKUP, "baseline", 0.4, "against", 0.3))))));
        return answer;
    }

    private static Map<String, @Nullable Object> side(String source, int rows) {
        Map<String, @Nullable Object> side = new LinkedHashMap<>();
        side.put("source", source);
        side.put("which", "rows");
        side.put("rows", rows);
        side.put("earliest_as_of", NOW - 48 * HOUR);
        side.put("latest_as_of", NOW - 24 * HOUR);
        return side;
    }

    private static Map<String, @Nullable Object> column(String name, String kind, String status, Map<String, ?> plot) {
        Map<String, @Nullable Object> column = new LinkedHashMap<>();
        column.put("column", name);
        column.put("looked_at", kind);
        column.put("status", status);
        column.put("psi", Map.of("value", 0.41, "threshold", 0.25, "chance", 0.01, "crossed", status.equals("drift")));
        column.put("baseline", Map.of("quantiles", Map.of("0.5", 3)));
        column.put("against", Map.of("quantiles", Map.of("0.5", 9)));
        column.put("plot", plot);
        return column;
    }

    @Override
    public Letters letters(Optional<String> reason) {
        List<Letters.Sample> samples = List.of(
                new Letters.Sample(
                        NOW - 5_000,
                        "wikipedia.edits",
                        0,
                        4711,
                        "undecodable",
                        "Cannot read the event: " + MARKUP,
                        null,
                        "Ann",
                        MARKUP,
                        41),
                new Letters.Sample(
                        NOW - 9_000,
                        "wikipedia.edits",
                        0,
                        12,
                        "late",
                        "No window can use it",
                        VIEW,
                        null,
                        "c3 01 1f",
                        3));
        return new Letters(
                NOW,
                "freshet.dead-letters",
                12L,
                12,
                List.of(new Letters.Reason("late", VIEW, 9), new Letters.Reason("undecodable", null, 3)),
                samples.stream()
                        .filter(each -> reason.map(each.reason()::equals).orElse(true))
                        .toList());
    }

    @Override
    public Graph graph() {
        return new Graph(
                true,
                null,
                List.of(
                        new Graph.Task(
                                "a",
                                List.of("Source: events wikipedia.edits", "select user_activity"),
                                2,
                                2,
                                0L,
                                117_732L),
                        new Graph.Task("b", List.of("windows user_activity", "redis user_activity"), 2, 1, 39_244L, 0L),
                        new Graph.Task("c", List.of("dead letters: Writer"), 2, 2, 12L, 0L)),
                List.of(
                        new Graph.Edge("a", "b", "HASH"),
                        new Graph.Edge("a", "c", "FORWARD"),
                        new Graph.Edge("b", "c", "FORWARD")));
    }
}
