/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.client.OnlineRow;
import io.freshet.example.training.BotFeatures;
import io.freshet.training.TrainingSchema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What was read from Redis beside what a training set says was served at that moment.
 *
 * @param rows reads of a row, or of none
 * @param same those where both have the same row, with the same values, or both have none
 * @param expiryPending those where the training set has a newer row of a tile that had left a window, which the job could not
 *     know yet: the watermark trails by the view's {@code out_of_orderness}. On a replay clock a row counts as available a
 *     fixed delay after its as_of; a live job logs when it truly was
 * @param different all others: there must be none
 */
record RedisCheck(int rows, int same, int expiryPending, int different) {

    /**
     * Compares.
     *
     * @param set the rows of a training set that asks for what was seen, in the same order
     */
    static RedisCheck of(List<ServedProbe.Seen> seen, List<Map<String, @Nullable Object>> set) {
        int rows = 0;
        int same = 0;
        int pending = 0;
        for (int i = 0; i < seen.size(); i++) {
            for (Map.Entry<String, Optional<OnlineRow>> read :
                    seen.get(i).rows().entrySet()) {
                String view = read.getKey();
                Map<String, @Nullable Object> row = set.get(i);
                rows++;
                if (agrees(view, read.getValue(), row)) {
                    same++;
                } else if (read.getValue().isPresent()
                        && asOfMillis(view, row).orElse(Long.MIN_VALUE)
                                > seen.get(i).watermarkMillis()) {
                    pending++;
                }
            }
        }
        return new RedisCheck(rows, same, pending, rows - same - pending);
    }

    private static boolean agrees(String view, Optional<OnlineRow> read, Map<String, @Nullable Object> row) {
        OptionalLong asOfMillis = asOfMillis(view, row);
        if (read.isEmpty() || asOfMillis.isEmpty()) {
            return read.isEmpty() && asOfMillis.isEmpty();
        }
        OnlineRow online = read.get();
        return online.asOfMillis() == asOfMillis.getAsLong()
                && BotFeatures.BY_VIEW.getOrDefault(view, List.of()).stream()
                        .allMatch(column -> same(online.value(column), text(row, TrainingSchema.column(view, column))));
    }

    private static OptionalLong asOfMillis(String view, Map<String, @Nullable Object> row) {
        String text = text(row, TrainingSchema.asOf(view));
        return text.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Instant.parse(text).toEpochMilli());
    }

    private static boolean same(@Nullable Object value, String text) {
        if (value == null || text.isEmpty()) {
            return value == null && text.isEmpty();
        }
        return value instanceof Number number && number.doubleValue() == Double.parseDouble(text);
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        Object cell = row.get(column);
        return cell == null ? "" : cell.toString();
    }

    /** For machines. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rows", rows);
        fields.put("same", same);
        fields.put("expiry_pending", expiryPending);
        fields.put("different", different);
        return fields;
    }
}
