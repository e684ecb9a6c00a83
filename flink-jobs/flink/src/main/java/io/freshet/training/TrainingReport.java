/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a spine.
 *
 * @param rows rows of the spine, and of the training set
 * @param withoutTime rows without a time
 * @param views what each view gave, in the order asked for
 */
public record TrainingReport(long rows, long withoutTime, List<OfView> views) {

    public TrainingReport {
        views = List.copyOf(views);
    }

    /**
     * What a view gave.
     *
     * @param view its name
     * @param historyRows rows of its history that were read
     * @param otherVersions those of them that another version of the view made: left out
     * @param matched rows of the spine that got a row of the view
     * @param backfilled those of them whose row was made by a backfill
     * @param unmatched rows of the spine whose entity had no row yet
     * @param stale rows of the spine whose row was too old
     * @param expired rows of the spine whose entity the online store had dropped
     * @param withoutKey rows of the spine without a whole key
     * @param warming values left out because they were warming
     * @param filled values that were warming, taken from a backfilled row
     */
    public record OfView(
            String view,
            long historyRows,
            long otherVersions,
            long matched,
            long backfilled,
            long unmatched,
            long stale,
            long expired,
            long withoutKey,
            long warming,
            long filled) {

        /** Names and numbers, in order. */
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("view", view);
            fields.put("matched", matched);
            fields.put("unmatched", unmatched);
            fields.put("stale", stale);
            fields.put("expired", expired);
            fields.put("without_key", withoutKey);
            fields.put("backfilled", backfilled);
            fields.put("warming_values", warming);
            fields.put("filled_values", filled);
            fields.put("history_rows", historyRows);
            fields.put("other_versions", otherVersions);
            return fields;
        }
    }

    /** Rows of histories that were read, of all views. */
    public long historyRows() {
        return views.stream().mapToLong(OfView::historyRows).sum();
    }

    /**
     * The report of a job that has ended.
     *
     * @param counts what it counted, by name
     */
    public static TrainingReport of(TrainingPlan plan, Map<String, Long> counts) {
        List<OfView> views = new ArrayList<>();
        for (int i = 0; i < plan.request().views().size(); i++) {
            String view = plan.request().views().get(i).name();
            views.add(new OfView(
                    view,
                    count(counts, view, Counts.READ) + count(counts, view, Counts.ARCHIVED),
                    count(counts, view, Counts.OTHER_VERSIONS) + count(counts, view, Counts.ARCHIVED_OTHER_VERSIONS),
                    count(counts, view, Counts.MATCHED),
                    count(counts, view, Counts.BACKFILLED),
                    count(counts, view, Counts.UNMATCHED),
                    count(counts, view, Counts.STALE),
                    count(counts, view, Counts.EXPIRED),
                    plan.spine().withoutKey().get(i),
                    count(counts, view, Counts.WARMING),
                    count(counts, view, Counts.FILLED)));
        }
        return new TrainingReport(plan.spine().rows(), plan.spine().withoutTime(), views);
    }

    private static long count(Map<String, Long> counts, String view, String name) {
        return counts.getOrDefault(Counts.of(view, name), 0L);
    }
}
