/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.table.CellType;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeFormTest {

    private static final long NOON = 1_442_059_200_000L; // 2015-09-12T12:00:00Z
    private static final TimeForm IN_BERLIN = new TimeForm(TimeUnit.MILLISECONDS, ZoneId.of("Europe/Berlin"));

    @Test
    void textsWithAZoneAreReadWhateverTheirForm() {
        for (String text : new String[] {
            "2015-09-12T12:00:00Z",
            "2015-09-12 12:00:00Z",
            "2015-09-12t12:00:00z",
            "2015-09-12T12:00Z",
            "2015-09-12T14:00:00+02:00",
            "2015-09-12 14:00:00+0200",
            "2015-09-12T14:00:00.000+02",
            " 1442059200000 "
        }) {
            assertThat(TimeForm.DEFAULT.millis(text, CellType.STRING)).as(text).isEqualTo(NOON);
        }
    }

    @Test
    void whatIsBelowTheMillisecondIsCutOffTowardsThePast() {
        assertThat(TimeForm.DEFAULT.millis("2015-09-12T12:00:00.000999999Z", CellType.STRING))
                .isEqualTo(NOON);
        assertThat(TimeForm.DEFAULT.millis(-1L, CellType.plain(CellType.Kind.TIMESTAMP_NANOS)))
                .isEqualTo(-1);
        assertThat(TimeForm.DEFAULT.millis(NOON * 1_000 + 999, CellType.plain(CellType.Kind.TIMESTAMP_MICROS)))
                .isEqualTo(NOON);
    }

    @Test
    void numbersAreOfTheUnitThatIsStated() {
        assertThat(new TimeForm(TimeUnit.SECONDS, null).millis(NOON / 1_000, CellType.LONG))
                .isEqualTo(NOON);
        assertThat(new TimeForm(TimeUnit.MICROSECONDS, null).millis(NOON * 1_000 + 7, CellType.LONG))
                .isEqualTo(NOON);
        assertThat(new TimeForm(TimeUnit.NANOSECONDS, null).millis(NOON * 1_000_000 + 7, CellType.LONG))
                .isEqualTo(NOON);
        assertThat(TimeForm.DEFAULT.millis(5, CellType.INT)).isEqualTo(5);
    }

    @Test
    void aTimeWithoutAZoneNeedsOneAndIsReadInIt() {
        assertThatThrownBy(() -> TimeForm.DEFAULT.millis("2015-09-12 12:00:00", CellType.STRING))
                .hasMessage(
                        "Cannot read '2015-09-12T12:00' as a time: it names no zone; say which with --time-zone, such"
                                + " as UTC or Europe/Berlin");
        assertThat(IN_BERLIN.millis("2015-09-12 14:00:00", CellType.STRING)).isEqualTo(NOON);
        assertThat(IN_BERLIN.millis(NOON + 7_200_000, CellType.plain(CellType.Kind.LOCAL_MILLIS)))
                .isEqualTo(NOON);
        assertThat(IN_BERLIN.millis(16_690, CellType.DATE)).isEqualTo(16_690L * 86_400_000 - 7_200_000);
    }

    @Test
    void aTimeThatTheClockShowedTwiceIsTheEarlier() {
        // 2015-10-25: at 03:00 summer time clocks went back to 02:00.
        assertThat(IN_BERLIN.millis("2015-10-25 02:30:00", CellType.STRING))
                .isEqualTo(TimeForm.DEFAULT.millis("2015-10-25T00:30:00Z", CellType.STRING));
    }

    @Test
    void whatIsNoTimeIsRefused() {
        assertThatThrownBy(() -> TimeForm.DEFAULT.millis("yesterday", CellType.STRING))
                .hasMessageStartingWith("Cannot read 'yesterday' as a time, expected one as 2026-01-31T12:00:00Z");
        assertThatThrownBy(() -> TimeForm.DEFAULT.millis("2015-02-30T00:00:00Z", CellType.STRING))
                .hasMessageStartingWith("Cannot read '2015-02-30T00:00:00Z' as a time");
        assertThatThrownBy(() -> TimeForm.DEFAULT.millis(1.5, CellType.DOUBLE))
                .hasMessageStartingWith("Cannot read a double as a time");
    }
}
