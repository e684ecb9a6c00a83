/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.table.CellType;
import io.freshet.table.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at every row of a spine before a job starts, so that a wrong one is told with its place and at once. */
final class SpineCheck {

    private static final int SHOWN = 5;

    /** 1973-03-03 as ms; seconds of our days, taken as ms, lie before it. */
    private static final long EARLY_MILLIS = 100_000_000_000L;

    /** The year 5138 as ms; ms taken as seconds, or µs as ms, lie behind it. */
    private static final long LATE_MILLIS = 100_000_000_000_000L;

    private final TrainingRequest.Spine spine;
    private final List<String> problems = new ArrayList<>();
    private long wrongRows;
    private long rows;
    private long withoutTime;
    private final long[] withoutKey;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    private SpineCheck(TrainingRequest.Spine spine, int views) {
        this.spine = spine;
        withoutKey = new long[views];
    }

    /** Reads the whole spine. */
    static SpineSummary run(TrainingRequest.Spine spine, List<TrainingRequest.OfView> views)
            throws IOException, TrainingException {
        SpineCheck check = new SpineCheck(spine, views.size());
        try (SpineReader reader = SpineReader.open(spine, views)) {
            while (reader.next()) {
                check.row(reader, views.size());
            }
        }
        return check.summary();
    }

    private void row(SpineReader reader, int views) {
        rows++;
        try {
            Long time = reader.timeMillis();
            if (time == null) {
                withoutTime++;
            } else {
                first = Math.min(first, time);
                last = Math.max(last, time);
            }
            for (int view = 0; view < views; view++) {
                if (reader.key(view) == null) {
                    withoutKey[view]++;
                }
                reader.request(view);
                reader.served(view);
            }
        } catch (TableException e) {
            wrongRows++;
            if (problems.size() < SHOWN) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private SpineSummary summary() throws TrainingException {
        if (wrongRows > 0) {
            String more = wrongRows > problems.size() ? "\n... " + wrongRows + " rows in all" : "";
            throw new TrainingException(String.join("\n", problems) + more);
        }
        if (rows == 0) {
            throw new TrainingException(spine.path() + ": there are no rows");
        }
        if (first <= last) {
            checkUnit();
        }
        return new SpineSummary(
                rows, withoutTime, Arrays.stream(withoutKey).boxed().toList(), first, last);
    }

    /** Times before 1973 or after 5138 are of another unit. */
    private void checkUnit() throws TrainingException {
        CellType type = spine.schema()
                .columns()
                .get(spine.schema().indexOf(spine.timeColumn()))
                .type();
        boolean isNumber = type.kind() == CellType.Kind.INT
                || type.kind() == CellType.Kind.LONG
                || type.kind() == CellType.Kind.STRING;
        if (!isNumber) {
            return;
        }
        String unit = name(spine.times().unit());
        if (first >= 0 && last < EARLY_MILLIS && spine.times().unit() != TimeUnit.SECONDS) {
            throw new TrainingException(spine.path() + ": the times in column '" + spine.timeColumn()
                    + "' all lie before 1973 when read in " + unit
                    + "; are they seconds? Then say --time-unit s");
        }
        if (first > LATE_MILLIS) {
            throw new TrainingException(spine.path() + ": the times in column '" + spine.timeColumn()
                    + "' all lie behind the year 5000 when read in " + unit
                    + "; are they of a smaller unit? Then say --time-unit ms, us or ns");
        }
    }

    private static String name(TimeUnit unit) {
        return switch (unit) {
            case SECONDS -> "s";
            case MICROSECONDS -> "us";
            case NANOSECONDS -> "ns";
            default -> "ms";
        };
    }
}
