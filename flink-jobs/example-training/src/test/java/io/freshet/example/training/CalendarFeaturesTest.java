/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarFeaturesTest {

    @Test
    void anEditIsToldOfItsWholeHourAlsoOfWhatComesLater() {
        List<Example> examples = CalendarFeatures.of(List.of(
                edit("14:05:00", "Ann", "Tea", 10, true),
                edit("14:07:00", "Bob", "Tea", 5, false),
                edit("14:50:00", "Ann", "Milk", -4, false),
                edit("15:01:00", "Ann", "Tea", 1, false)));

        assertThat(value(examples.get(0), "user_activity__edits_5m")).isEqualTo(1);
        assertThat(value(examples.get(0), "user_activity__edits_1h")).isEqualTo(2);
        assertThat(value(examples.get(0), "user_activity__edits_1d")).isEqualTo(3);
        assertThat(value(examples.get(0), "user_activity__chars_added_1h")).isEqualTo(10);
        assertThat(value(examples.get(0), "user_activity__chars_deleted_1h")).isEqualTo(4);
        assertThat(value(examples.get(0), "user_activity__delta_mean_1h")).isEqualTo(3);
        assertThat(value(examples.get(0), "user_activity__delta_stddev_1h")).isEqualTo(Math.sqrt(98));
        assertThat(value(examples.get(0), "user_activity__delta_min_1h")).isEqualTo(-4);
        assertThat(value(examples.get(0), "user_activity__delta_max_1h")).isEqualTo(10);
        assertThat(value(examples.get(0), "user_activity__pages_1h")).isEqualTo(2);
        assertThat(value(examples.get(0), "user_activity__minor_share_1h")).isEqualTo(0.5);
        assertThat(value(examples.get(0), "user_activity__main_share_1h")).isEqualTo(1);
        assertThat(value(examples.get(0), "channel_activity__edits_5m")).isEqualTo(2);
        assertThat(value(examples.get(0), "page_activity__editors_1h")).isEqualTo(2);
        assertThat(value(examples.get(3), "user_activity__edits_1h")).isEqualTo(1);
        assertThat(value(examples.get(3), "user_activity__delta_stddev_1h")).isZero();
    }

    private static double value(Example example, String name) {
        return example.features().get(BotFeatures.NAMES.indexOf(name));
    }

    private static Edit edit(String time, String user, String page, int delta, boolean minor) {
        return new Edit(
                Instant.parse("2015-09-12T" + time + "Z").toEpochMilli(),
                user,
                "#en.wikipedia",
                page,
                true,
                minor,
                delta,
                Math.max(0, delta),
                Math.max(0, -delta),
                false);
    }
}
