/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What came of all faults, as a table that is printed at the end and kept as a file. */
final class FaultTable {

    private static final String HEAD = """
            | fault | rounds | events | rows | lost | duplicated | wrong | stale in Redis | unexplained by verify | recovery, s (median, worst) |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private final List<String> lines = new ArrayList<>();

    /**
     * One fault, all its rounds.
     *
     * @param unexplained differences that verify found and nothing explains; empty where it was not asked
     */
    void add(String fault, long events, Ledger ledger, OptionalLong unexplained, List<Double> recoveries) {
        List<Double> sorted = recoveries.stream().sorted().toList();
        OptionalDouble worst = sorted.stream().mapToDouble(Double::doubleValue).max();
        String recovery = worst.isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.1f, %.1f", sorted.get(sorted.size() / 2), worst.getAsDouble());
        lines.add(String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %,d | %d | %d | %d | %d | %s | %s |",
                fault,
                recoveries.size(),
                events,
                ledger.expected(),
                ledger.lost(),
                ledger.duplicated(),
                ledger.wrong(),
                ledger.stale(),
                unexplained.isPresent() ? Long.toString(unexplained.getAsLong()) : "-",
                recovery));
    }

    String text() {
        return HEAD + String.join("\n", lines) + "\n";
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text());
    }
}
