/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewPlanner;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The compiled form gives what cel-java gives: value, null or failure. */
class CompiledExpressionTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final int EXPRESSIONS = 3_000;
    private static final int ROWS_PER_EXPRESSION = 12;
    private static final int DEPTH = 4;

    private static final List<Long> LONGS = List.of(0L, 1L, -1L, 5L, 1L << 53, Long.MIN_VALUE, Long.MAX_VALUE);
    private static final List<Double> DOUBLES = List.of(
            0.0, -0.0, 2.5, -3.0, 1e308, 0x1p53, 0x1p63, -0x1p63, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    private static final List<String> STRINGS = List.of("", "a", "ab", "\uD83D\uDE00", "\uFFFF");
    private static final List<Long> TIMESTAMPS = List.of(0L, -1L, 1_442_018_818_771L, 1_442_018_818_000L);

    @Test
    void randomExpressionsOverRandomValuesGiveWhatCelGives() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RandomExpression texts = new RandomExpression(random);
        int[] outcomes = new int[3];
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = texts.any(1 + random.nextInt(DEPTH));
            CheckedExpression checked = CelEnvironment.check(text, RandomExpression.VARIABLES, ExpressionLimits.NONE);
            List<String> names = checked.variables();
            Node root = NodeCompiler.compile(checked)
                    .orElseThrow(() -> new AssertionError("Not compiled, seed " + seed + ": " + text));
            Expression.Bound compiled = new CompiledExpression(checked, root).bind(names);
            Expression.Bound interpreted = new CelExpression(checked).bind(names);
            for (int row = 0; row < ROWS_PER_EXPRESSION; row++) {
                @Nullable
                Object[] values = names.stream()
                        .map(name -> value(checked.typeOf(name), random))
                        .toArray();
                Object expected = outcome(interpreted, values);
                assertThat(outcome(compiled, values))
                        .as("seed %d: %s of %s = %s", seed, text, names, Arrays.toString(values))
                        .isEqualTo(expected);
                outcomes[expected == null ? 0 : expected instanceof Failed ? 1 : 2]++;
            }
        }
        assertThat(outcomes).as("nulls, failures, values; seed %d", seed).doesNotContain(0);
    }

    /** That an evaluation failed; all failures are alike. */
    private record Failed() {}

    private static @Nullable Object outcome(Expression.Bound expression, @Nullable Object[] values) {
        try {
            return expression.evaluate(values);
        } catch (ExpressionFailedException e) {
            return new Failed();
        }
    }

    private static @Nullable Object value(ValueType type, Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case LONG -> random.nextInt(4) == 0 ? random.nextLong() : one(LONGS, random);
            case DOUBLE -> random.nextInt(4) == 0 ? random.nextGaussian() : one(DOUBLES, random);
            case DECIMAL -> BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 2);
            case STRING -> one(STRINGS, random);
            case BOOLEAN -> random.nextBoolean();
            case TIMESTAMP -> one(TIMESTAMPS, random);
            case LIST, MAP -> throw new IllegalStateException("No lists or maps here: " + type);
        };
    }

    private static <T> T one(List<T> choices, Random random) {
        return Objects.requireNonNull(choices.get(random.nextInt(choices.size())));
    }

    @Test
    void theDemosExpressionsAreCompiled() throws Exception {
        Schemas schemas = new Schemas(
                Map.of("WikipediaEdit", Files.readString(ROOT.resolve("schemas/src/main/avro/WikipediaEdit.avsc"))));
        List<Path> files;
        try (Stream<Path> listed = Files.list(ROOT.resolve("deploy/demo/views"))) {
            files = listed.toList();
        }
        assertThat(files).isNotEmpty();
        for (Path file : files) {
            assertThat(expressions(ViewPlanner.plan(file.toString(), Files.readString(file), schemas)))
                    .as(file.toString())
                    .isNotEmpty()
                    .allSatisfy(expression -> assertThat(expression).isInstanceOf(CompiledExpression.class));
        }
    }

    private static List<Expression> expressions(ViewPlan plan) {
        List<Expression> expressions = new ArrayList<>();
        for (ViewPlan.SourcePlan topic : plan.sources()) {
            topic.where().ifPresent(expressions::add);
            topic.filters().stream()
                    .filter(ViewPlan.Condition.class::isInstance)
                    .forEach(filter -> expressions.add(((ViewPlan.Condition) filter).expression()));
            topic.inputs().stream()
                    .filter(ViewPlan.Formula.class::isInstance)
                    .forEach(input -> expressions.add(((ViewPlan.Formula) input).expression()));
        }
        plan.columns().stream()
                .filter(Column.Computed.class::isInstance)
                .forEach(column -> expressions.add(((Column.Computed) column).expression()));
        return expressions;
    }
}
