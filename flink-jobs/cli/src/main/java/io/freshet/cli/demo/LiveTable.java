/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.Ages;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.definition.ViewPlan;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The busiest users' features, as Redis has them. Users are shown by rank alone: the demo is about behaviour, and no
 * table shall point at a person. Redrawn in place on a terminal, a line now and then elsewhere.
 */
final class LiveTable {

    private static final int ROWS = 8;
    private static final List<String> COLUMNS =
            List.of("edits_1m", "edits_5m", "edits_1h", "edits_1d", "chars_added_1h", "pages_1h", "main_share_1h");

    private final OnlineReader reader;
    private final ViewPlan users;
    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;

    LiveTable(OnlineReader reader, ViewPlan users, PrintWriter out, boolean terminal) {
        this.reader = reader;
        this.users = users;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Shows how far the demo is.
     *
     * @param sent events sent
     * @param eventMillis event time of the last of them
     * @param counts edits sent so far by user
     */
    void show(long sent, long eventMillis, Map<String, Integer> counts) {
        String head = "%s  %,d edits sent".formatted(Instant.ofEpochMilli(eventMillis), sent);
        List<String> busiest = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(terminal ? ROWS : 1)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, OnlineRow> rows = reader.read(users, busiest).rows();
        List<String> lines = new ArrayList<>();
        if (terminal) {
            lines.add(head);
            lines.add("  user  "
                    + String.join("  ", COLUMNS.stream().map("%14s"::formatted).toList()) + "    behind");
            for (int i = 0; i < busiest.size(); i++) {
                OnlineRow row = rows.get(busiest.get(i));
                if (row != null) {
                    lines.add("  #%-4d%s".formatted(i + 1, values(row)) + behind(row, eventMillis));
                }
            }
        } else {
            OnlineRow row = busiest.isEmpty() ? null : rows.get(busiest.get(0));
            lines.add(row == null ? head : head + "; busiest user: edits_1h=" + row.value("edits_1h"));
        }
        draw(lines);
    }

    private void draw(List<String> lines) {
        if (terminal && drawn > 0) {
            out.print("\u001b[" + drawn + "A");
        }
        for (String line : lines) {
            out.println(terminal ? "\u001b[2K" + line : line);
        }
        out.flush();
        drawn = lines.size();
    }

    private static String values(OnlineRow row) {
        StringBuilder text = new StringBuilder();
        for (String column : COLUMNS) {
            Object value = row.storedValue(column);
            text.append("  ")
                    .append("%14s"
                            .formatted(
                                    value instanceof Double number ? "%.2f".formatted(number) : String.valueOf(value)));
        }
        return text.toString();
    }

    /** How far the row trails the edits sent, in event time. */
    private static String behind(OnlineRow row, long eventMillis) {
        return "%10s".formatted(Ages.text(Math.max(0, eventMillis - row.asOfMillis())));
    }
}
