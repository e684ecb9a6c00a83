/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    private static final long START = Instant.parse("2026-01-31T12:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "+0s, 2026-01-31T12:00:00Z",
        "+1h30m, 2026-01-31T13:30:00Z",
        "-2d, 2026-01-29T12:00:00Z",
        "+1d1ms, 2026-02-01T12:00:00.001Z",
        "2026-02-01, 2026-02-01T00:00:00Z",
        "2026-02-01T01:02, 2026-02-01T01:02:00Z",
        "2026-02-01T01:02:03.004Z, 2026-02-01T01:02:03.004Z",
        "2026-02-01T01:02:03+02:00, 2026-01-31T23:02:03Z"
    })
    void timesAreIsoOrRelativeToTheStart(String text, String expected) {
        assertThat(Times.millis(text, START)).hasValue(Instant.parse(expected).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5m", "+5", "+", "+5y", "noon", "2026-13-01", "+999999999999d"})
    void allElseIsNone(String text) {
        assertThat(Times.millis(text, START)).isEmpty();
    }
}
