/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of the model: how an account has behaved in the last minutes, hour and day, how many have been at the page,
 * how busy its Wikipedia is. Neither names nor fields of the edit itself are among them.
 */
public final class BotFeatures {

    /** Columns of the demo's views, by view. */
    public static final Map<String, List<String>> BY_VIEW = byView();

    /** Names as a training set has them, in order: {@code <view>__<column>}. */
    public static final List<String> NAMES = names();

    private BotFeatures() {}

    private static Map<String, List<String>> byView() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put(
                "user_activity",
                List.of(
                        "edits_5m",
                        "edits_1h",
                        "edits_1d",
                        "chars_added_1h",
                        "chars_deleted_1h",
                        "delta_mean_1h",
                        "delta_stddev_1h",
                        "delta_min_1h",
                        "delta_max_1h",
                        "pages_1h",
                        "minor_share_1h",
                        "main_share_1h"));
        columns.put("channel_activity", List.of("edits_5m"));
        columns.put("page_activity", List.of("editors_1h"));
        return columns;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        BY_VIEW.forEach((view, columns) -> columns.forEach(column -> names.add(view + "__" + column)));
        return List.copyOf(names);
    }
}
