/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HopTest {

    private static final String MIN = "-9223372036854775808";
    private static final String MAX = "9223372036854775807";

    @ParameterizedTest
    @CsvSource({
        "5, 0, 0",
        "5, 4, 0",
        "5, 5, 5",
        "5, -1, -5",
        "5, -5, -5",
        "5, -6, -10",
        "1, 7, 7",
        "1, -7, -7",
        "5, " + MAX + ", 9223372036854775805",
        "1, " + MIN + ", " + MIN,
        // 8 divides 2^63, 5 does not: that tile began before all long values.
        "8, " + MIN + ", " + MIN,
        "5, " + MIN + ", " + MIN,
        "5, -9223372036854775805, -9223372036854775805",
        // a lifetime has one tile
        MAX + ", 17, " + MIN,
        MAX + ", -17, " + MIN
    })
    void tileStartsAtTheMultipleAtOrBefore(long hop, long time, long start) {
        assertThat(new Hop(hop).tileOf(time)).isEqualTo(start);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 10, 15",
        "5, -5, 10, 10",
        "5, -20, 10, -5",
        "1, 7, 1, 9",
        "5, " + MIN + ", 10, -9223372036854775795",
        "8, " + MIN + ", 16, -9223372036854775784",
        "5, 9223372036854775805, 10, " + MAX,
        "5, 9223372036854775790, 10, 9223372036854775805",
        MAX + ", " + MIN + ", " + MAX + ", " + MAX
    })
    void tileLeavesAtItsEndPlusTheLength(long hop, long tile, long length, long exit) {
        assertThat(new Hop(hop).exitOf(tile, length)).isEqualTo(exit);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 10, 14, true",
        "5, 0, 10, 15, false",
        "5, -5, 10, 9, true",
        "5, -5, 10, 10, false",
        "1, 0, 1, 1, true",
        "1, 0, 1, 2, false",
        "5, 9223372036854775805, 10, " + MAX + ", true",
        MAX + ", " + MIN + ", " + MAX + ", " + MAX + ", true"
    })
    void windowCoversATileUntilItLeaves(long hop, long tile, long length, long clock, boolean covered) {
        assertThat(new Hop(hop).covers(tile, length, clock)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0",
        "5, -5",
        "5, 9223372036854775805",
        "5, " + MIN,
        "8, " + MIN,
        "1, " + MIN,
        "1, " + MAX,
        MAX + ", " + MIN
    })
    void tilesAreNumbered(long hop, long tile) {
        Hop of = new Hop(hop);
        assertThat(of.startOf(of.indexOf(tile))).isEqualTo(tile);
    }

    @Test
    void coveringIsTheDefinition() {
        for (long hop : new long[] {1, 2, 5}) {
            for (long length = hop; length <= 4 * hop; length += hop) {
                for (long clock = -20; clock <= 20; clock++) {
                    for (long time = -60; time <= clock; time++) {
                        boolean defined = Math.floorDiv(clock - length, hop) * hop <= time;
                        Hop of = new Hop(hop);
                        assertThat(of.covers(of.tileOf(time), length, clock)).isEqualTo(defined);
                    }
                }
            }
        }
    }

    @Test
    void hopOfNothingIsRefused() {
        assertThatThrownBy(() -> new Hop(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot cut time into tiles: 0 ms, expected 1 ms or more");
    }
}
