/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.Column;
import io.freshet.definition.ViewText;
import io.freshet.row.HistoryRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the history and Redis against the rows that there have to be.
 *
 * @param expected rows that there have to be
 * @param lost of them not in the history
 * @param duplicated rows of the history that are there again
 * @param wrong rows of the history with other values, or that nobody expects
 * @param stale entities whose row in Redis is not their last
 * @param first one fault in words; empty where there is none
 */
record Ledger(int expected, int lost, int duplicated, int wrong, int stale, String first) {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Whether all is as it has to be. */
    boolean isClean() {
        return lost + duplicated + wrong + stale == 0;
    }

    static Ledger empty() {
        return new Ledger(0, 0, 0, 0, 0, "");
    }

    /** What has come since an earlier one of the same job. */
    Ledger since(Ledger earlier) {
        return new Ledger(
                expected - earlier.expected,
                lost - earlier.lost,
                duplicated - earlier.duplicated,
                wrong - earlier.wrong,
                stale - earlier.stale,
                first);
    }

    static Ledger of(FreshetConfig config, ViewText view, Map<String, ExpectedRows.Row> expected) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> faults = new ArrayList<>();
        int duplicated = 0;
        int wrong = 0;
        for (HistoryRow row : new Stores(config).history(view)) {
            String key = row.entity() + " " + row.seq();
            ExpectedRows.Row right = expected.get(key);
            if (right == null
                    || right.asOfMillis() != row.asOfMillis()
                    || !right.values().equals(row.values())) {
                wrong++;
                faults.add("wrong: " + row + ", expected " + right);
            }
            if (seen.merge(key, 1, Integer::sum) > 1) {
                duplicated++;
                faults.add("again: " + row);
            }
        }
        List<String> missing = expected.keySet().stream()
                .filter(key -> !seen.containsKey(key))
                .sorted()
                .toList();
        missing.forEach(key -> faults.add("lost: " + expected.get(key)));
        List<String> stale = stale(config, view, expected);
        stale.forEach(fault -> faults.add("in Redis: " + fault));
        return new Ledger(
                expected.size(),
                missing.size(),
                duplicated,
                wrong,
                stale.size(),
                faults.isEmpty() ? "" : faults.get(0));
    }

    private static List<String> stale(FreshetConfig config, ViewText view, Map<String, ExpectedRows.Row> expected) {
        Map<String, ExpectedRows.Row> last = new HashMap<>();
        Comparator<ExpectedRows.Row> bySeq = Comparator.comparingLong(ExpectedRows.Row::seq);
        expected.values()
                .forEach(row ->
                        last.merge(row.entity(), row, (one, other) -> bySeq.compare(one, other) > 0 ? one : other));
        List<String> stale = new ArrayList<>();
        try (OnlineReader reader = OnlineReader.connect(config.redis().uri(), config.namespace(), LIMIT)) {
            Map<String, OnlineRow> online =
                    reader.read(view.plan(), List.copyOf(last.keySet())).rows();
            last.forEach((entity, row) -> {
                OnlineRow found = online.get(entity);
                if (found == null
                        || found.seq() != row.seq()
                        || !values(view, found).equals(row.values())) {
                    stale.add(entity + " has "
                            + (found == null ? "no row" : "seq " + found.seq() + " " + values(view, found))
                            + ", expected " + row);
                }
            });
        }
        return stale;
    }

    private static List<@Nullable Object> values(ViewText view, OnlineRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Column column : view.plan().columns()) {
            values.add(row.value(column.name()));
        }
        return values;
    }
}
