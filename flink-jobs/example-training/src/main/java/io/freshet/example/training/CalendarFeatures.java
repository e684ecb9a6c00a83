/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The features once more, as a batch query would have them, with the mistake that such queries often have: "the last hour"
 * is the hour of the calendar that the edit falls in, as of {@code GROUP BY user, date_trunc('hour', time)} joined back on
 * user and hour. An edit at 14:05 is told what its user did until 15:00, and this edit is among it.
 */
final class CalendarFeatures {

    private static final long MINUTES_5 = TimeUnit.MINUTES.toMillis(5);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    /** A key within one interval of the calendar. */
    private record Cell(String key, long interval) {}

    /** What one user did in one hour. */
    private static final class UserHour {
        private int edits;
        private int minor;
        private int main;
        private long added;
        private long deleted;
        private long delta;
        private double deltaSquares;
        private int least = Integer.MAX_VALUE;
        private int greatest = Integer.MIN_VALUE;
        private final Set<String> pages = new HashSet<>();

        private void add(Edit edit) {
            edits++;
            minor += edit.minor() ? 1 : 0;
            main += edit.main() ? 1 : 0;
            added += edit.added();
            deleted += edit.deleted();
            delta += edit.delta();
            deltaSquares += (double) edit.delta() * edit.delta();
            least = Math.min(least, edit.delta());
            greatest = Math.max(greatest, edit.delta());
            pages.add(edit.page());
        }

        private double deviation() {
            double mean = (double) delta / edits;
            return edits < 2 ? 0 : Math.sqrt(Math.max(0, deltaSquares - edits * mean * mean) / (edits - 1));
        }
    }

    private final Map<Cell, Integer> userMinutes = new HashMap<>();
    private final Map<Cell, UserHour> userHours = new HashMap<>();
    private final Map<Cell, Integer> userDays = new HashMap<>();
    private final Map<Cell, Integer> channelMinutes = new HashMap<>();
    private final Map<Cell, Set<String>> pageHours = new HashMap<>();

    private CalendarFeatures() {}

    /** To each edit its features, in order, out of all of these edits. */
    static List<Example> of(List<Edit> edits) {
        CalendarFeatures tables = new CalendarFeatures();
        edits.forEach(tables::group);
        List<Example> joined = new ArrayList<>();
        edits.forEach(edit -> joined.add(tables.join(edit)));
        return joined;
    }

    private void group(Edit edit) {
        userMinutes.merge(cell(edit.user(), edit, MINUTES_5), 1, Integer::sum);
        userHours
                .computeIfAbsent(cell(edit.user(), edit, HOUR), cell -> new UserHour())
                .add(edit);
        userDays.merge(cell(edit.user(), edit, DAY), 1, Integer::sum);
        channelMinutes.merge(cell(edit.channel(), edit, MINUTES_5), 1, Integer::sum);
        pageHours
                .computeIfAbsent(cell(page(edit), edit, HOUR), cell -> new HashSet<>())
                .add(edit.user());
    }

    /** The order is that of {@link BotFeatures}. */
    private Example join(Edit edit) {
        UserHour hour = userHours.getOrDefault(cell(edit.user(), edit, HOUR), new UserHour());
        return new Example(
                List.of(
                        (double) userMinutes.getOrDefault(cell(edit.user(), edit, MINUTES_5), 0),
                        (double) hour.edits,
                        (double) userDays.getOrDefault(cell(edit.user(), edit, DAY), 0),
                        (double) hour.added,
                        (double) hour.deleted,
                        (double) hour.delta / hour.edits,
                        hour.deviation(),
                        (double) hour.least,
                        (double) hour.greatest,
                        (double) hour.pages.size(),
                        (double) hour.minor / hour.edits,
                        (double) hour.main / hour.edits,
                        (double) channelMinutes.getOrDefault(cell(edit.channel(), edit, MINUTES_5), 0),
                        (double) pageHours
                                .getOrDefault(cell(page(edit), edit, HOUR), Set.of())
                                .size()),
                edit.robot());
    }

    private static Cell cell(String key, Edit edit, long length) {
        return new Cell(key, Math.floorDiv(edit.timeMillis(), length));
    }

    private static String page(Edit edit) {
        return edit.channel() + '\n' + edit.page();
    }
}
