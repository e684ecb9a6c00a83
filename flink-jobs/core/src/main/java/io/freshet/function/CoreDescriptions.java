/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import io.freshet.function.Description.Group;

/** What users need to know of each {@link CoreFunction}. */
final class CoreDescriptions {

    private CoreDescriptions() {}

    static Description of(CoreFunction function) {
        return switch (function) {
            case COUNT ->
                basic(
                        "Events (\"*\"), or events whose input is not null",
                        "n",
                        "any, or *",
                        "long",
                        "0",
                        "exact",
                        "8 B");
            case SUM ->
                basic(
                        "Sum; null and counted where it does not fit its type",
                        "sum of x: 128 bits for longs, 38 digits for decimals, 106 bits for doubles",
                        "long, double, decimal",
                        "long, double, decimal(38,s)",
                        "null",
                        "exact; of doubles rounding",
                        "24 B; of decimals about 100 B");
            case MEAN ->
                basic(
                        "Arithmetic mean",
                        "sum of x / n, of the exact sum",
                        "long, double, decimal",
                        "double",
                        "null",
                        "rounding",
                        "24 B, shared with sum");
            case MIN -> extreme("Least value; of texts by code points");
            case MAX -> extreme("Greatest value; of texts by code points");
            case VARIANCE -> moments("Sample variance; null below two values", "sum of (x - mean)^2 / (n - 1)");
            case VARIANCE_POP -> moments("Population variance", "sum of (x - mean)^2 / n");
            case STDDEV -> moments("Root of the sample variance; null below two values", "sqrt(variance)");
            case STDDEV_POP -> moments("Root of the population variance", "sqrt(variance_pop)");
            case FIRST -> edge("Value of the earliest event");
            case LAST -> edge("Value of the latest event");
            case APPROX_COUNT_DISTINCT ->
                new Description(
                        Group.DISTRIBUTION,
                        "Number of distinct values by a sketch",
                        "HyperLogLog of 4,096 registers (Apache DataSketches HLL_4, lg k = 12)",
                        "any single value",
                        "long",
                        "0",
                        "standard error 1.6 %",
                        "up to 4 kB, fewer below 100 distinct values");
        };
    }

    private static Description basic(
            String summary,
            String definition,
            String inputs,
            String result,
            String ofNothing,
            String error,
            String state) {
        return new Description(Group.BASIC, summary, definition, inputs, result, ofNothing, error, state);
    }

    private static Description extreme(String summary) {
        return basic(
                summary,
                "",
                "long, double, decimal, timestamp, string",
                "as the input",
                "null",
                "exact",
                "16 B; of texts and decimals the value");
    }

    private static Description moments(String summary, String definition) {
        return new Description(
                Group.STATISTICS,
                summary,
                definition + "; merged as Chan, Golub and LeVeque (1979)",
                "long, double, decimal",
                "double",
                "null",
                "rounding",
                "24 B, shared by variances and deviations");
    }

    private static Description edge(String summary) {
        return new Description(
                Group.ORDER,
                summary,
                "order: event time, then partition, then offset",
                "any",
                "as the input",
                "null",
                "exact",
                "40 B and the value");
    }
}
