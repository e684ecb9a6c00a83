/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionLimits;
import io.freshet.expression.InvalidExpressionException;
import io.freshet.expression.ValueType;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What definitions may ask of a job. */
class LimitsTest {

    private static final Map<String, ValueType> VARIABLES =
            Map.of("n", ValueType.LONG, "s", ValueType.STRING, "l", ValueType.list(ValueType.LONG));

    private static List<Problem> problems(String feature, Limits limits) throws Exception {
        String yaml = """
                view: activity
                source: {topic: wikipedia.edits, schema: WikipediaEdit, event_time: time}
                entity: [user]
                windows: [1h]
                features:
                  pages: %s
                """.formatted(feature);
        DefinitionException thrown = catchThrowableOfType(
                DefinitionException.class,
                () -> ViewPlanner.plan("views/activity.yaml", yaml, DemoViewsTest.schemas(), limits));
        return thrown == null ? List.of() : thrown.problems();
    }

    private static Limits limits(int distinctValues, int expressionLength, int expressionCost) {
        return new Limits(1, 1, 1, distinctValues, new ExpressionLimits(expressionLength, expressionCost));
    }

    private static void assertRefused(String feature, Limits limits, String place, String message) throws Exception {
        assertThat(problems(feature, limits)).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.line() + ":" + problem.column()).isEqualTo(place);
            assertThat(problem.message()).isEqualTo(message);
        });
    }

    @Test
    void distinctValuesBeyondTheLimitAreRefusedWhereTheyAreAskedFor() throws Exception {
        Limits most = limits(5_000, 4_096, 1_000);
        assertThat(problems("{count_distinct: page, max_distinct: 5000}", most)).isEmpty();
        assertRefused(
                "{count_distinct: page, max_distinct: 5001}",
                most,
                "6:47",
                "Cannot keep 5001 distinct values for feature 'pages': expected max_distinct of 5000 or less"
                        + " (limits.distinct_values)");
        assertRefused(
                "{top_k: page, k: 3}",
                most,
                "6:18",
                "Cannot keep 100000 distinct values for feature 'pages', the default of its function: expected"
                        + " max_distinct of 5000 or less (limits.distinct_values)");
    }

    @Test
    void aLongExpressionIsRefused() throws Exception {
        Limits most = limits(1, 20, 1_000);
        assertThat(problems("{sum: 'event.added + 12345'}", limits(1, 19, 1_000)))
                .isEmpty();
        assertRefused(
                "{sum: 'event.added + 1234567'}",
                most,
                "6:17",
                "Cannot use an expression of 21 characters: expected 20 or fewer (limits.expression_length)");
    }

    @Test
    void loopsWithinLoopsCostMoreThanTheyMay() throws Exception {
        String loops = "[1, 2].exists(a, l.exists(b, l.exists(c, a + b + c > n)))";
        assertThat(Expression.compile(loops, VARIABLES, new ExpressionLimits(4_096, 500_000))
                        .type())
                .isEqualTo(ValueType.BOOLEAN);
        InvalidExpressionException refused =
                catchThrowableOfType(InvalidExpressionException.class, () -> Expression.compile(loops, VARIABLES));
        assertThat(refused)
                .hasMessageMatching("Cannot use an expression that may take [0-9]{6} steps, where each loop over a list"
                        + " counts 100 times: expected 100000 or fewer \\(limits.expression_cost\\)");
        assertThat(problems("{count: '*', where: \"['x', 'y'].all(p, p == event.page)\"}", limits(1, 4_096, 5)))
                .hasSize(1)
                .first()
                .satisfies(problem -> {
                    assertThat(problem.line() + ":" + problem.column()).isEqualTo("6:31");
                    assertThat(problem.message()).endsWith("expected 5 or fewer (limits.expression_cost)");
                });
    }

    @Test
    void nestingIsBounded() {
        String deep = "(".repeat(200) + "n" + ")".repeat(200);
        InvalidExpressionException refused =
                catchThrowableOfType(InvalidExpressionException.class, () -> Expression.compile(deep, VARIABLES));
        assertThat(refused).isNotNull();
        assertThat(refused.getMessage()).isNotBlank();
    }

    /** A random expression within the limits compiles, and with one part more it costs more; the limit is exact. */
    @Test
    void whatIsWithinTheLimitCompilesAndOneStepLessIsRefused() throws Exception {
        Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            String expression = random(random, 3);
            int cost = cost(expression);
            assertThat(Expression.compile(expression, VARIABLES, new ExpressionLimits(4_096, cost))
                            .type())
                    .as("%s", expression)
                    .isEqualTo(ValueType.LONG);
            assertThat(cost(expression + " + n")).as("%s", expression).isEqualTo(cost + 2);
        }
    }

    /** By bisection: the least limit under which it compiles. */
    private static int cost(String expression) {
        int refused = 0;
        int enough = 1 << 20;
        while (enough - refused > 1) {
            int tried = (refused + enough) / 2;
            try {
                Expression.compile(expression, VARIABLES, new ExpressionLimits(4_096, tried));
                enough = tried;
            } catch (InvalidExpressionException e) {
                refused = tried;
            }
        }
        return enough;
    }

    private static String random(Random random, int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? "n" : String.valueOf(random.nextInt(100));
        }
        String part = random(random, depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> "(" + part + " + " + random(random, depth - 1) + ")";
            case 1 -> "(l.exists(x, x > " + part + ") ? 1 : " + part + ")";
            case 2 -> "size([1, 2, 3].filter(y, y < " + part + "))";
            default -> "size(s + 'x')";
        };
    }
}
