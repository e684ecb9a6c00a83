/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How long and how often is measured. Each is a system property {@code benchmark.<name>}.
 *
 * @param suites what is run: {@code benchmark.suite}, one name, several with commas, or {@code all}
 * @param rounds repetitions that count, one of each contestant in turn; one more before them warms up
 * @param events events of a run on the heap, of contestants that are fast: {@code benchmark.thousands}, in thousands
 * @param rocksdbEvents events of a run on RocksDB: {@code benchmark.thousands.rocksdb}
 * @param sqlEvents events of a run of Flink SQL: {@code benchmark.thousands.sql}
 * @param flinkEvents events of a run of Flink's windows: {@code benchmark.thousands.flink}
 * @param entities entities whose states are weighed: {@code benchmark.thousands.entities}
 * @param historyRows rows of the histories that a training set is made of: {@code benchmark.thousands.history}
 * @param seconds how long an end-to-end measurement may take: {@code benchmark.seconds}
 * @param folder where the JSON file goes: {@code benchmark.folder}
 */
record Options(
        List<Suite> suites,
        int rounds,
        long events,
        long rocksdbEvents,
        long sqlEvents,
        long flinkEvents,
        int entities,
        long historyRows,
        int seconds,
        Path folder) {

    private static final String ALL = "all";

    Options {
        suites = List.copyOf(suites);
    }

    /** The settings in these properties; defaults are in the pom. */
    static Options of(Properties properties) {
        return new Options(
                suites(properties.getProperty("benchmark.suite", "base")),
                (int) number(properties, "rounds", "5"),
                1000 * number(properties, "thousands", "3000"),
                1000 * number(properties, "thousands.rocksdb", "1000"),
                1000 * number(properties, "thousands.sql", "300"),
                1000 * number(properties, "thousands.flink", "20"),
                (int) (1000 * number(properties, "thousands.entities", "20")),
                1000 * number(properties, "thousands.history", "20000"),
                (int) number(properties, "seconds", "30"),
                Path.of(properties.getProperty("benchmark.folder", "target/benchmark")));
    }

    private static long number(Properties properties, String name, String fallback) {
        String key = "benchmark." + name;
        String text = properties.getProperty(key, fallback);
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "Cannot use -D" + key + "=" + text + ": expected a whole number above 0");
        }
        return Long.parseLong(text);
    }

    private static List<Suite> suites(String names) {
        if (names.equals(ALL)) {
            return List.of(Suite.values());
        }
        return Arrays.stream(names.split(",")).map(Options::suite).toList();
    }

    private static Suite suite(String name) {
        for (Suite suite : Suite.values()) {
            if (suite.label().equals(name.strip().toLowerCase(Locale.ROOT))) {
                return suite;
            }
        }
        List<@Nullable String> known = Arrays.stream(Suite.values())
                .<@Nullable String>map(Suite::label)
                .toList();
        throw new IllegalArgumentException(
                "Cannot run -Dbenchmark.suite=" + name + ": expected one or more of " + known + " or " + ALL);
    }
}
