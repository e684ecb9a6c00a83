/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes random CEL that type-checks, of all that the compiled form knows. */
final class RandomExpression {

    static final Map<String, ValueType> VARIABLES = Map.ofEntries(
            Map.entry("i", ValueType.LONG),
            Map.entry("event.j", ValueType.LONG),
            Map.entry("x", ValueType.DOUBLE),
            Map.entry("event.y", ValueType.DOUBLE),
            Map.entry("m", ValueType.decimal(10, 2)),
            Map.entry("s", ValueType.STRING),
            Map.entry("event.geo.t", ValueType.STRING),
            Map.entry("b", ValueType.BOOLEAN),
            Map.entry("event.c", ValueType.BOOLEAN),
            Map.entry("u", ValueType.TIMESTAMP),
            Map.entry("event.v", ValueType.TIMESTAMP));

    private static final List<String> LONGS = List.of("i", "event.j", "0", "1", "-1", "3", "9223372036854775807");
    private static final List<String> DOUBLES = List.of("x", "event.y", "m", "0.0", "-0.0", "2.5", "1e308", "-3.0");
    private static final List<String> STRINGS = List.of("s", "event.geo.t", "''", "'a'", "'ab'", "'\\uffff'");
    private static final List<String> BOOLEANS = List.of("b", "event.c", "true", "false");
    private static final List<String> TIMESTAMPS = List.of("u", "event.v");
    private static final List<String> COMPARE = List.of("==", "!=", "<", "<=", ">", ">=");

    private final Random random;

    RandomExpression(Random random) {
        this.random = random;
    }

    String any(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> ofLong(depth);
            case 1 -> ofDouble(depth);
            case 2 -> ofString(depth);
            case 3 -> ofTimestamp(depth);
            default -> ofBoolean(depth);
        };
    }

    private String ofLong(int depth) {
        if (depth == 0) {
            return one(LONGS);
        }
        return switch (random.nextInt(7)) {
            case 0 -> "int(" + ofDouble(depth - 1) + ")";
            case 1 -> "size(" + ofString(depth - 1) + ")";
            case 2 ->
                random.nextInt(4) == 0
                        ? conditional(depth, one(List.of("i", "event.j")), "null")
                        : conditional(depth, ofLong(depth - 1), ofLong(depth - 1));
            case 3 -> "-(" + ofLong(depth - 1) + ")";
            case 4 -> "int(" + ofTimestamp(depth - 1) + ")";
            default -> infix(ofLong(depth - 1), one(List.of("+", "-", "*", "/", "%")), ofLong(depth - 1));
        };
    }

    private String ofDouble(int depth) {
        if (depth == 0) {
            return one(DOUBLES);
        }
        String operator = one(List.of("+", "-", "*", "/"));
        return switch (random.nextInt(7)) {
            case 0 -> "double(" + ofLong(depth - 1) + ")";
            case 1 -> "-(" + ofDouble(depth - 1) + ")";
            case 2 ->
                random.nextInt(4) == 0
                        ? conditional(depth, one(List.of("x", "m")), "null")
                        : conditional(depth, ofDouble(depth - 1), ofDouble(depth - 1));
            case 3 -> infix(ofLong(depth - 1), operator, ofDouble(depth - 1));
            case 4 -> infix(ofDouble(depth - 1), operator, ofLong(depth - 1));
            default -> infix(ofDouble(depth - 1), operator, ofDouble(depth - 1));
        };
    }

    private String ofString(int depth) {
        if (depth == 0) {
            return one(STRINGS);
        }
        return random.nextBoolean()
                ? infix(ofString(depth - 1), "+", ofString(depth - 1))
                : conditional(depth, ofString(depth - 1), ofString(depth - 1));
    }

    private String ofTimestamp(int depth) {
        return depth == 0 || random.nextBoolean()
                ? one(TIMESTAMPS)
                : conditional(depth, ofTimestamp(depth - 1), ofTimestamp(depth - 1));
    }

    private String ofBoolean(int depth) {
        if (depth == 0) {
            return one(BOOLEANS);
        }
        int below = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> "!(" + ofBoolean(below) + ")";
            case 1 -> conditional(depth, ofBoolean(below), ofBoolean(below));
            case 2 -> infix(ofLong(below), one(COMPARE), ofLong(below));
            case 3 -> infix(ofDouble(below), one(COMPARE), ofDouble(below));
            case 4 -> infix(ofLong(below), one(COMPARE), ofDouble(below));
            case 5 -> infix(ofDouble(below), one(COMPARE), ofLong(below));
            case 6 -> infix(ofString(below), one(COMPARE), ofString(below));
            case 7 -> infix(ofBoolean(below), one(COMPARE), ofBoolean(below));
            case 8 -> infix(ofTimestamp(below), one(COMPARE), ofTimestamp(below));
            case 9 -> infix(nullable(below), one(List.of("==", "!=")), "null");
            case 10 -> in(below);
            case 11 ->
                "(" + ofString(below) + ")." + one(List.of("startsWith", "endsWith", "contains")) + "("
                        + ofString(below) + ")";
            default -> infix(ofBoolean(below), one(List.of("&&", "||")), ofBoolean(below));
        };
    }

    /** CEL compares with null what may be null by its type. */
    private String nullable(int depth) {
        String variable = one(List.of("i", "m", "s", "event.c", "event.v"));
        return depth > 0 && random.nextBoolean() ? conditional(depth, variable, "null") : variable;
    }

    private String in(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> infix(ofLong(depth), "in", "[1, -1, 5]");
            case 1 -> infix(ofDouble(depth), "in", "[0.0, 2.5, -3.0]");
            default -> infix(ofString(depth), "in", "['a', '', 'c']");
        };
    }

    private String conditional(int depth, String yes, String no) {
        return "(" + ofBoolean(depth - 1) + " ? " + yes + " : " + no + ")";
    }

    private static String infix(String left, String operator, String right) {
        return "(" + left + " " + operator + " " + right + ")";
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
