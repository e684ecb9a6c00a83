/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.function.AlgebraLaws;
import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.Occurrence;
import io.freshet.function.RefusedCallException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeekendShareTest {

    private static final long YEARS_MILLIS = 4_000_000_000_000L;

    private final WeekendDays days = new WeekendDays(7_200_000);
    private final Random random = new Random(7);

    @Test
    void itIsFoundByItsNameAndBindsItsDefault() throws Exception {
        FeatureFunction found = Functions.all().find("weekend_share").orElseThrow();
        assertThat(found).isInstanceOf(WeekendShare.class);
        assertThat(bind("0")).isEqualTo(new WeekendDays(0));
        assertThat(bind("5.5")).isEqualTo(new WeekendDays(19_800_000));
        assertThatThrownBy(() -> bind("19"))
                .isInstanceOf(RefusedCallException.class)
                .hasMessage("Cannot use '19' for 'utc_offset': expected a number from -18.0 to 18.0");
    }

    private static Object bind(String offset) throws RefusedCallException {
        Computation bound = new WeekendShare()
                .bind(new Call(List.of(), new TreeMap<>(Map.of("utc_offset", offset)), OptionalLong.empty()));
        return bound.partials();
    }

    @Test
    void itCountsTheDaysThatTheCalendarCalls() {
        for (int i = 0; i < 1_000; i++) {
            long time = random.nextLong(YEARS_MILLIS) - YEARS_MILLIS / 2;
            DayOfWeek day =
                    Instant.ofEpochMilli(time).atOffset(ZoneOffset.ofHours(2)).getDayOfWeek();
            boolean isWeekend = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
            assertThat(days.add(days.create(), event(time)).weekend).isEqualTo(isWeekend ? 1 : 0);
        }
    }

    @Test
    void itsPartialStatesKeepTheLaws() throws RefusedCallException {
        for (String offset : List.of("0", "-5.5")) {
            AlgebraLaws.check(
                    new WeekendShare(),
                    new Call(List.of(), new TreeMap<>(Map.of("utc_offset", offset)), OptionalLong.empty()));
        }
    }

    private static Occurrence event(long timeMillis) {
        return new Occurrence() {
            @Override
            public @Nullable Object input(int position) {
                return null;
            }

            @Override
            public long timeMillis() {
                return timeMillis;
            }

            @Override
            public int partition() {
                return 0;
            }

            @Override
            public long offset() {
                return 0;
            }
        };
    }
}
