/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeRangeTest {

    private static final Instant END = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-01..2026-02-01, 2026-01-01T00:00:00Z, 2026-02-01T00:00:00Z",
        "2026-01-01T10:30:00Z..2026-01-01T11:00:00+01:00, 2026-01-01T10:30:00Z, ",
        "last 7d, 2026-01-24T12:00:00Z, 2026-01-31T12:00:00Z",
        "last  7d  offset 7d, 2026-01-17T12:00:00Z, 2026-01-24T12:00:00Z",
        "last 30m offset 1d, 2026-01-30T11:30:00Z, 2026-01-30T12:00:00Z"
    })
    void rangesAreHalfOpen(String text, Instant from, Instant to) {
        if (to == null) {
            assertThatThrownBy(() -> TimeRange.parse(text, END)).hasMessageContaining("it ends before it begins");
            return;
        }
        TimeRange range = TimeRange.parse(text, END);
        assertThat(range.fromMillis()).isEqualTo(from.toEpochMilli());
        assertThat(range.toMillis()).isEqualTo(to.toEpochMilli());
        assertThat(range.covers(from.toEpochMilli())).isTrue();
        assertThat(range.covers(to.toEpochMilli())).isFalse();
        assertThat(range.covers(to.toEpochMilli() - 1)).isTrue();
    }

    @Test
    void aSideThatIsLeftOutIsOpen() {
        assertThat(TimeRange.parse("..2026-01-01", END).covers(0)).isTrue();
        assertThat(TimeRange.parse("2026-01-01..", END).covers(Long.MAX_VALUE - 1))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "last week", "last", "last 7d offset", "2026-01-01", "2026-13-01..", "a..b"})
    void whatIsNoRangeIsRefusedWithWhatWouldBe(String text) {
        assertThatThrownBy(() -> TimeRange.parse(text, END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Cannot read time range '" + text + "': expected FROM..TO")
                .hasMessageContaining("last 7d");
    }
}
