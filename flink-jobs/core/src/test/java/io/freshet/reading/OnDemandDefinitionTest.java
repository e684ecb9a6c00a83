/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.OnDemandPlan;
import io.freshet.definition.Problem;
import io.freshet.expression.ValueType;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnDemandDefinitionTest {

    private static final String HEAD = """
            view: payments
            source: {topic: t, schema: Payment, event_time: time}
            entity: [card]
            windows: [1h]
            features: {n: {count: "*"}, spent: {sum: amount}}
            """;

    @Test
    void typesOfTheRequestAndOfWhatIsComputedAreResolved() throws Exception {
        OnDemandPlan plan = Payments.plan(HEAD + """
                request: {amount: float, hops: int, price: "decimal(10, 2)", near: list<double>, by: map<long>}
                on_demand:
                  ratio: request.amount / spent_1h
                  cheap: request.price < 3.0
                  to: "'card ' + string(request.hops)"
                  when: now
                """).onDemand();

        assertThat(plan.request())
                .extracting(OnDemandPlan.RequestField::type)
                .containsExactly(
                        ValueType.DOUBLE,
                        ValueType.LONG,
                        ValueType.decimal(10, 2),
                        ValueType.list(ValueType.DOUBLE),
                        ValueType.map(ValueType.LONG));
        assertThat(plan.features())
                .extracting(OnDemandPlan.Feature::type)
                .containsExactly(ValueType.DOUBLE, ValueType.BOOLEAN, ValueType.STRING, ValueType.TIMESTAMP);
    }

    @Test
    void allThatIsWrongIsToldWithItsPlace() {
        assertThat(problems("""
                request: {amount: double}
                on_demand:
                  ratio: "request.amuont / spent_1h"
                  n_1h: "request.amount"
                  Bad: "request.amount"
                  always: "1 + 1"
                  text: "request.amount + 'x'"
                """))
                .containsExactly(
                        "8:11: Cannot read 'request.amuont': no such name, did you mean 'request.amount'?",
                        "9:3: Duplicate column 'n_1h'",
                        "10:3: Cannot name a feature 'Bad': expected lower case letters, digits and _, a letter first,"
                                + " 63 at most",
                        "11:12: On-demand feature 'always' reads neither a column of the view nor the request",
                        "12:25: Cannot apply '+' to double and string: expected double and double, or double and int,"
                                + " or string and string");
    }

    @Test
    void anUnknownTypeIsToldAndNotTheFeaturesThatReadIt() {
        assertThat(problems("""
                request: {amount: number, 2nd: long}
                on_demand: {ratio: "request.amount / spent_1h"}
                """))
                .containsExactly(
                        "6:19: Unknown type 'number' of request field 'amount': expected string, long, double, boolean,"
                                + " timestamp, decimal(P,S), list<TYPE> or map<TYPE>",
                        "6:27: Cannot name a field of the request '2nd': expected letters, digits and _, a letter first,"
                                + " 63 at most");
    }

    @Test
    void aRequestThatNothingReadsAndAColumnNamedNowAreRefused() {
        assertThat(problems("request: {amount: double}\n"))
                .containsExactly("6:1: Cannot use 'request' without 'on_demand': nothing else reads it");
        assertThat(problems("derived: {now: n_1h}\non_demand: {later: now}\n"))
                .containsExactly(
                        "6:11: Cannot name a derived feature 'now' beside 'on_demand': there it is the moment of"
                                + " reading");
    }

    private static List<String> problems(String more) {
        List<String> found = new java.util.ArrayList<>();
        assertThatThrownBy(() -> Payments.plan(HEAD + more)).isInstanceOfSatisfying(DefinitionException.class, e -> {
            for (Problem problem : e.problems()) {
                found.add(problem.line() + ":" + problem.column() + ": " + problem.message());
            }
        });
        return found;
    }
}
