/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewTestsTest {

    private static final String PURCHASE = """
            {"type": "record", "name": "Purchase", "fields": [
              {"name": "time", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "who", "type": ["null", "string"], "default": null},
              {"name": "shop", "type": "string", "default": "Main"},
              {"name": "amount", "type": ["null", "double"], "default": null}]}
            """;
    private static final String REFUND = PURCHASE.replace("Purchase", "Refund");

    private static final String VIEW = """
            view: spending
            source: {topic: purchases, schema: Purchase, event_time: time, out_of_orderness: 10s, max_future: 1m}
            entity: [who]
            where: "event.shop != 'Test'"
            windows: [1h]
            features:
              n: {count: "*"}
              spent: {sum: amount}
              by_shop: {count: "*", per: shop}
              amounts: {last_n: amount, n: 3}
              quiet: {time_since_last: time}
              last: {last: time}
            derived:
              mean: "spent_1h / double(n_1h)"
              silent: "quiet_1h > 60000"
            """;

    @Test
    void everyKindOfValueIsComparedExactlyAndNullIsNotAbsent() throws Exception {
        assertThat(failures(VIEW, """
                view: spending
                tests:
                  - test: values
                    steps:
                      - event: {time: +0s, who: Ann, amount: 0.1}
                      - event: {time: +1s, who: Ann, amount: 0.2, shop: Other}
                        expect: {n_1h: 2, spent_1h: 0.3, by_shop_1h: {Main: 1, Other: 1}, amounts_1h: [0.1, 0.2], mean: 0.15, last_1h: +1s, _seq: 2, _as_of: +1s}
                      - event: {time: +2s, who: Bob}
                        expect: {n_1h: 1, spent_1h: null, mean: null, amounts_1h: null}
                      - at: +2m
                        expect:
                          Ann: {quiet_1h: 119000, silent: true, spent_1h: {value: 1, within: 0.7}}
                          Cleo: absent
                """)).isEmpty();
    }

    @Test
    void whatIsNotAsExpectedIsToldWithItsPlaceAndWhatItWasComputedOf() throws Exception {
        assertThat(failures(VIEW, """
                view: spending
                tests:
                  - test: wrong
                    steps:
                      - event: {time: +0s, who: Ann, amount: 3}
                        expect: {n_1h: 2, mean: 4, spent_1h: {value: 4, within: 0.5}}
                      - at: +2h
                        expect:
                          Ann: {spent_1h: 0}
                          Bob: {n_1h: 0}
                          "": absent
                """))
                .containsExactly(
                        "6:24 Expected n_1h 2, found 1; 'Ann' as of 2024-01-01T00:00:00Z",
                        "6:33 Expected mean 4.0, found 3.0 (of n_1h 1, spent_1h 3.0); 'Ann' as of 2024-01-01T00:00:00Z",
                        "6:46 Expected spent_1h 4.0 within 0.5, found 3.0; 'Ann' as of 2024-01-01T00:00:00Z",
                        "9:27 Expected spent_1h 0.0, found null; 'Ann' as of 2024-01-01T01:01:00Z",
                        "10:11 Expected a row of 'Bob', found none (there are rows of Ann)");
    }

    @Test
    void deadLettersAndFilteredEventsCanBeExpectedAndAreNeverSilent() throws Exception {
        assertThat(failures(VIEW, """
                view: spending
                tests:
                  - test: refused
                    steps:
                      - event: {time: +0s, who: Ann, amount: 1}
                        expect: {n_1h: 1}
                      - event: {time: -2h, who: Ann}
                        expect: late
                      - event: {time: +1s, amount: 1}
                        expect: null_key
                      - event: {time: +1s, who: Ann, shop: Test}
                        expect: filtered
                      - event: {time: +5m, who: Ann}
                        arrives: +1s
                        expect: future_time
                      - event: {time: +61s, who: Ann}
                        arrives: +1s
                        expect: {n_1h: 2}
                      - event: {time: -3h, who: Ann}
                      - event: {time: +62s, who: Ann}
                        expect: late
                """))
                .satisfiesExactly(
                        unexpected -> assertThat(unexpected)
                                .startsWith("19:9 The event is a dead letter, late: no window can use")
                                .endsWith("if it is meant to be: 'expect: late'"),
                        counted -> assertThat(counted)
                                .isEqualTo("20:9 Expected the event to be late, found an event that counts"));
    }

    @Test
    void anEventBehindTheWatermarkOfAnEntityWithoutStateIsLateAsInTheJob() throws Exception {
        String view = VIEW.replace("windows: [1h]", "windows: [10s]").replace("_1h", "_10s");
        assertThat(failures(view, """
                view: spending
                tests:
                  - test: watermark
                    steps:
                      - event: {time: +1m, who: Ann}
                      - event: {time: +39s, who: Bob}
                        expect: late
                      - event: {time: +40s, who: Bob}
                        expect: {n_10s: 1, _as_of: +50s}
                """)).isEmpty();
    }

    @Test
    void whatWasBeforeTheNewestRowCannotBeLookedAt() throws Exception {
        assertThat(failures(VIEW, """
                view: spending
                tests:
                  - test: back
                    steps:
                      - event: {time: +5m, who: Ann}
                      - at: +4m
                        expect: {Ann: {n_1h: 1}, Bob: absent}
                """))
                .containsExactly("7:18 Cannot look at 'Ann' at 2024-01-01T00:04:00Z: its row is of later, one as of"
                        + " 2024-01-01T00:05:00Z with seq 1; steps go forward in time");
    }

    @Test
    void onWatermarkHoldsEventsUntilTheirTimeHasPassed() throws Exception {
        assertThat(failures(VIEW + "emit: on_watermark\n", """
                view: spending
                tests:
                  - test: held
                    steps:
                      - event: {time: +5s, who: Ann, amount: 2}
                      - event: {time: +1s, who: Ann, amount: 1}
                      - at: +4s
                        expect: {Ann: {amounts_1h: [1.0], _seq: 1}}
                      - at: +5s
                        expect: {Ann: {amounts_1h: [1.0, 2.0], _seq: 2}}
                      - event: {time: +6s, who: Bob}
                        expect: {n_1h: 1}
                """))
                .singleElement()
                .asString()
                .contains("Expected a row of 'Bob', found none", "holds events until the watermark passes them");
    }

    @Test
    void aViewOverSeveralTopicsIsToldWhichOneAnEventComesFrom() throws Exception {
        String view = """
                view: both
                source:
                  - {topic: purchases, schema: Purchase, event_time: time}
                  - {topic: refunds, schema: Refund, event_time: time}
                entity: [who]
                windows: [1h]
                features:
                  spent: {sum: amount, from: purchases}
                  refunded: {sum: amount, from: refunds}
                """;
        String tests = """
                view: both
                tests:
                  - test: topics
                    steps:
                      - topic: purchases
                        event: {time: +0s, who: Ann, amount: 5}
                      - topic: refunds
                        event: {time: +1s, who: Ann, amount: 2}
                        expect: {spent_1h: 5, refunded_1h: 2}
                """;
        assertThat(failures(view, tests)).isEmpty();
        assertThatThrownBy(() -> failures(view, tests.replace("topic: refunds", "topic: refund")))
                .hasMessageContaining("Unknown topic 'refund' of the view: expected purchases or refunds");
    }

    @Test
    void allThatIsWrongWithAFileIsToldAtOnce() {
        assertThatThrownBy(() -> failures(VIEW, """
                view: spending
                start: noon
                """))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("2:8: Cannot read the time 'noon'");
        assertThatThrownBy(() -> failures(VIEW, """
                view: spending
                tests:
                  - test: a
                    steps:
                      - event: {time: +0s, whom: Ann}
                        expect: {n_2h: 1, n_1h: one, mean: {value: 1}}
                      - event: {time: soon, who: Ann}
                        expect: lost
                      - at: +5
                        expect: {Ann: gone}
                      - at: +5m
                      - expect: {Ann: absent}
                  - test: a
                """))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("5:28: Unknown field 'whom' of schema 'Purchase', did you mean 'who'?")
                .hasMessageContaining("6:18: Unknown column 'n_2h' of the view, did you mean 'n_1h'?")
                .hasMessageContaining("6:33: Cannot expect 'one' of 'n_1h': it is a long")
                .hasMessageContaining("Missing key 'within'")
                .hasMessageContaining("Cannot read field 'time': found 'soon'")
                .hasMessageContaining(
                        "8:17: Cannot expect 'lost' of an event: expected columns and their values, or one of")
                .hasMessageContaining("9:13: Cannot read the time '+5'")
                .hasMessageContaining("10:23: Cannot expect 'gone' of an entity")
                .hasMessageContaining("Missing key 'expect' in a step with a time")
                .hasMessageContaining("expected either an 'event' or a time 'at'")
                .hasMessageContaining("Duplicate test 'a'")
                .hasMessageContaining("Missing key 'steps'");
        assertThatThrownBy(() -> failures(VIEW, "view: spendin\ntests: []\n"))
                .hasMessageContaining("Unknown view 'spendin', did you mean 'spending'?")
                .hasMessageContaining("Cannot read 'tests': expected a list with one item or more");
    }

    private static List<String> failures(String view, String tests) throws Exception {
        ViewPlan plan = ViewText.of("view.yaml", view, new Schemas(Map.of("Purchase", PURCHASE, "Refund", REFUND)))
                .plan();
        Map<String, ViewPlan> views = new HashMap<>();
        views.put(plan.view().name(), plan);
        return ViewTests.run("tests.yaml", tests, views).stream()
                .flatMap(result -> result.failures().stream())
                .map(failure -> failure.problem().line() + ":"
                        + failure.problem().column() + " " + failure.problem().message())
                .toList();
    }
}
