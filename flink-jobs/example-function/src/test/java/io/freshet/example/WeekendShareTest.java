/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.function.Call;
import io.freshet.function.Computation;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.Occurrence;
import io.freshet.function.RefusedCallException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
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
                .bind(new Call(List.of(), new TreeMap<>(java.util.Map.of("utc_offset", offset)), OptionalLong.empty()));
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

    /** The laws of {@link io.freshet.function.Algebra}. */
    @Test
    void statesMergeEvictCopyAndAreStoredAsTheLawsSay() throws Exception {
        for (int i = 0; i < 100; i++) {
            List<Occurrence> one = events();
            List<Occurrence> two = events();
            WeekendDays.Counts a = of(one);
            WeekendDays.Counts b = of(two);
            List<Occurrence> both = new ArrayList<>(two);
            both.addAll(one);
            WeekendDays.Counts whole = of(both);

            assertSame(days.merge(days.create(), a), a);
            assertSame(days.merge(days.copy(a), days.create()), a);
            WeekendDays.Counts merged = days.merge(days.copy(a), b);
            assertSame(merged, whole);
            assertSame(stored(merged), merged);
            assertThat(days.evict(merged, a)).isTrue();
            assertSame(merged, b);
            assertSame(a, of(one));
        }
    }

    private WeekendDays.Counts of(List<Occurrence> events) {
        WeekendDays.Counts partial = days.create();
        for (Occurrence event : events) {
            partial = days.add(partial, event);
        }
        return partial;
    }

    private WeekendDays.Counts stored(WeekendDays.Counts partial) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        days.write(partial, new DataOutputStream(bytes));
        return days.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static void assertSame(WeekendDays.Counts found, WeekendDays.Counts expected) {
        assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }

    private List<Occurrence> events() {
        return random.longs(random.nextInt(20), 0, YEARS_MILLIS)
                .mapToObj(WeekendShareTest::event)
                .toList();
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
