/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static io.freshet.definition.WrongDefinitionsTest.RIGHT;
import static io.freshet.definition.WrongDefinitionsTest.assertProblem;
import static io.freshet.definition.WrongDefinitionsTest.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.expression.Durations;
import io.freshet.expression.ValueType;
import io.freshet.function.Functions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a view may hold and how much of it; what it is where its author says nothing. */
class DefinitionLimitsTest {

    private static final String TTL = "online: {ttl: 2d}\n";

    private static ViewPlan plan(String yaml) throws Exception {
        return ViewPlanner.plan("views/activity.yaml", yaml, DemoViewsTest.schemas());
    }

    @Test
    void aTopicIsOneThatKafkaCanHave() throws Exception {
        for (String topic : List.of("a b/c", ".", "..", "é", "x".repeat(250))) {
            assertProblem(
                    "wikipedia.edits", topic, "4:10", "Cannot read topic '" + topic + "': expected a Kafka topic");
        }
        assertProblem("wikipedia.edits", "''", "4:11", "Cannot read topic ''");
        assertThat(problems(RIGHT.replace("wikipedia.edits", "_A-9.z"))).isEmpty();
        assertThat(problems(RIGHT.replace("wikipedia.edits", "x".repeat(249)))).isEmpty();
    }

    @Test
    void durationsThatCannotBeZeroAreNot() throws Exception {
        assertProblem(
                TTL, TTL + "freshness: 0s\n", "16:12", "Cannot use '0s' for 'freshness': expected more than zero");
        assertProblem("{ttl: 2d}", "{ttl: 0d}", "15:15", "Cannot use '0d' for 'ttl'");
        assertProblem(TTL, TTL + "history: {retention: 00h}\n", "16:22", "Cannot use '00h' for 'retention'");
    }

    @Test
    void coalescingIsForRowsOnEventsAndNotForLong() throws Exception {
        String windows = "windows: [1m, 1h]";
        assertProblem(windows, "coalesce: 0ms\n" + windows, "9:11", "expected more than zero");
        assertProblem(windows, "coalesce: 11s\n" + windows, "9:1", "Cannot coalesce for longer than 10s");
        assertProblem(windows, "emit: on_watermark\ncoalesce: 50ms\n" + windows, "10:1", "expected 'emit: on_event'");
    }

    @Test
    void aMistypedOrForeignFunctionComesWithTheRightOne() throws Exception {
        Map<String, String> meant = Map.ofEntries(
                Map.entry("average", "mean"),
                Map.entry("avg", "mean"),
                Map.entry("AVG", "mean"),
                Map.entry("cnt", "count"),
                Map.entry("std", "stddev"),
                Map.entry("stdev", "stddev"),
                Map.entry("var", "variance"),
                Map.entry("distinct", "count_distinct"),
                Map.entry("nunique", "count_distinct"),
                Map.entry("approx_distinct", "approx_count_distinct"),
                Map.entry("hll", "approx_count_distinct"),
                Map.entry("total", "sum"),
                Map.entry("latest", "last"),
                Map.entry("earliest", "first"),
                Map.entry("aprox_count_distinct", "approx_count_distinct"),
                Map.entry("frist", "first"));
        for (Map.Entry<String, String> each : meant.entrySet()) {
            assertProblem(
                    "{sum:",
                    "{" + each.getKey() + ":",
                    "12:11",
                    "Unknown key '" + each.getKey() + "' in feature 'added', did you mean '" + each.getValue()
                            + "'? (known: " + String.join(", ", Functions.all().labels()));
        }
        assertProblem("where: \"event", "filter: \"event", "12:23", "did you mean 'where'?");
    }

    @Test
    void aFunctionNeedsAnInput() throws Exception {
        assertProblem(
                "{sum: added, where: \"event.delta > 0\"}",
                "{sum: }",
                "12:11",
                "Missing input of 'sum' in feature 'added': expected a field of the event, or CEL over it");
        assertProblem("{sum: added,", "{sum: ' ',", "12:11", "Missing input of 'sum'");
        assertProblem(
                "{count: \"*\"}",
                "\n    count:",
                "12:5",
                "Missing input of 'count' in feature 'edits': expected a field");
    }

    @Test
    void aFieldInTheWordsOfAnExpressionIsAField() throws Exception {
        String yaml = RIGHT.replace("{sum: added", "{sum: event.added").replace("{count: \"*\"}", "{max: added}");
        assertThat(plan(yaml).sources().get(0).inputs())
                .containsExactly(new ViewPlan.Field(List.of("added"), ValueType.LONG));
        assertProblem(
                "{sum: added",
                "{sum: event.aded",
                "12:16",
                "Cannot read 'event.aded': no such name, did you mean 'event.added'?");
    }

    @Test
    void anEntityIsMadeOfFieldsThatCanBeKeys() throws Exception {
        assertProblem("[user]", "[user, page, user]", "7:22", "Duplicate field 'user' in 'entity'");
        assertProblem("[user]", "[]", "7:1", "Cannot use an empty 'entity': expected one or more fields");
    }

    @Test
    void aNumberWithAFractionIsNoKey() throws Exception {
        String json = DemoViewsTest.schemas().texts().values().iterator().next();
        String weighed = json.replaceFirst("\\{\"name\": \"time\"", "{\"name\": \"weight\", \"type\": \"double\"}, $0");
        Schemas schemas = new Schemas(Map.of("WikipediaEdit", weighed));
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class,
                () -> ViewPlanner.plan("f.yaml", RIGHT.replace("[user]", "[user, weight]"), schemas));
        assertThat(thrown)
                .hasMessageContaining(
                        "f.yaml:7:16: Cannot use 'weight' of type double in an entity key: expected string");
    }

    @Test
    void aFeatureCountsByABoolean() throws Exception {
        assertProblem(
                "where: \"event.delta > 0\"",
                "where: event.delta",
                "12:30",
                "Cannot filter by a long: expected a boolean expression");
    }

    @Test
    void aViewHasFeatures() throws Exception {
        String features = RIGHT.substring(RIGHT.indexOf("features:"), RIGHT.indexOf("online:"));
        assertProblem(features, "", "1:1", "Missing key 'features' in the view");
        assertProblem(features, "features: {}\n", "10:1", "Cannot use empty 'features': expected one or more");
        assertProblem(features, "features:\n", "10:10", "Cannot read 'features': expected a mapping of keys to values");
    }

    @Test
    void theFirstFilterTooManyIsShown() throws Exception {
        String many = IntStream.range(0, 70)
                .mapToObj(i -> "  f" + i + ": {count: \"*\", where: \"event.delta > " + (i % 65) + "\"}\n")
                .collect(Collectors.joining());
        String edits = "  edits: {count: \"*\"}\n";
        List<Problem> found = problems(RIGHT.replace(edits, edits + many));
        // "event.delta > 64", its first place: those before it are 64, those behind it were seen before.
        assertThat(found).hasSize(1);
        assertThat(found.get(0).location()).isEqualTo("views/activity.yaml:76:29");
        assertThat(found.get(0).message()).isEqualTo("Too many filters: a view may have 64 different ones");
    }

    @Test
    void rowsAreKeptForTheLongestWindowOrLonger() throws Exception {
        assertProblem(
                "[1m, 1h]",
                "[1m, 1h, 2d]",
                "15:15",
                "Cannot keep online rows for 2d: a quiet entity would vanish while it still has values;"
                        + " expected 2895m or more, the longest window and its hop");
        assertProblem("[1m, 1h]", "[1m, 1h, lifetime]", "15:15", "expected forever, as the view has a lifetime window");
        assertThat(problems(RIGHT.replace("[1m, 1h]", "[1m, 1h, lifetime]").replace("ttl: 2d", "ttl: forever")))
                .isEmpty();
    }

    @Test
    void whatIsNotSaidHasItsDefault() throws Exception {
        FeatureView view =
                plan(RIGHT.replace(TTL, "").replace("version: 1\n", "")).view();
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.emit()).isEqualTo(Emit.ON_EVENT);
        assertThat(view.sources().get(0))
                .isEqualTo(new FeatureView.Source(
                        "wikipedia.edits",
                        "WikipediaEdit",
                        "time",
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        FeatureView.NonFinite.SKIP));
        assertThat(view.freshness()).isEqualTo(Duration.ofSeconds(5));
        assertThat(view.online().ttl()).contains(Duration.ofDays(1));
        assertThat(view.history().retention()).contains(Duration.ofDays(90));
        assertThat(view.features().get(0).windows())
                .containsExactly(new Window("1m", 60_000, 1_000), new Window("1h", 3_600_000, 60_000));
    }

    @Test
    void rowsAreKeptForTwiceTheLongestWindowUnlessTheViewSaysOtherwise() throws Exception {
        assertThat(ttl("[1m, 7d]")).isEqualTo(Optional.of(Duration.ofDays(14)));
        assertThat(ttl("[1m, 13h]")).isEqualTo(Optional.of(Duration.ofHours(26)));
        assertThat(ttl("[1m, lifetime]")).isEqualTo(Optional.empty());
    }

    private static Optional<Duration> ttl(String windows) throws Exception {
        return plan(RIGHT.replace(TTL, "")
                        .replace("edits_1m + edits_1h", "edits_1m")
                        .replace("[1m, 1h]", windows))
                .view()
                .online()
                .ttl();
    }

    @Test
    void theDefaultHopDividesTheWindowIntoSixtyOrMore() throws Exception {
        Map<String, Long> hops = Map.of(
                "1s", 1L, "59s", 1L, "1m", 1_000L, "90s", 1_000L, "1h", 60_000L, "1d", 900_000L, "90d", 86_400_000L);
        for (Map.Entry<String, Long> each : hops.entrySet()) {
            long length = Durations.parse(each.getKey()).orElseThrow().toMillis();
            assertThat(WindowParser.defaultHopMillis(length)).as(each.getKey()).isEqualTo(each.getValue());
        }
    }

    @Test
    void zeroIsRightWhereItMeansNoAllowance() throws Exception {
        String source = "  event_time: time\n";
        String zero = source + "  out_of_orderness: 0s\n  max_future: 0s\n";
        FeatureView.Source read =
                plan(RIGHT.replace(source, zero)).view().sources().get(0);
        assertThat(read.outOfOrderness()).isZero();
        assertThat(read.maxFuture()).isZero();
        assertProblem(source, source + "  idle_after: 0s\n", "7:15", "Cannot use '0s' for 'idle_after'");
        assertProblem("[1m, 1h]", "[0m, 1h]", "9:11", "Cannot read window '0m'");
        assertProblem("[1m, 1h]", "[1m, 1h/0s]", "9:18", "Cannot read hop '0s'");
    }
}
