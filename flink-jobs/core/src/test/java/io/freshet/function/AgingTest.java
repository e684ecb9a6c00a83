/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgingTest {

    @Test
    void whatGrowsEndsAtTheGreatestLong() {
        assertThat(Aging.GROWS.later(40L, 2)).isEqualTo(42L);
        assertThat(Aging.GROWS.later(Long.MAX_VALUE - 1, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Aging.GROWS.later(Long.MAX_VALUE - 1, 2)).isEqualTo(Long.MAX_VALUE);
        assertThat(Aging.GROWS.later(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatDecaysHalvesWithEachHalfLifeDownToZero() {
        Aging decays = Aging.decays(10);
        assertThat(decays.later(12.0, 10)).isEqualTo(6.0);
        assertThat(decays.later(12.0, 5)).isEqualTo(12 * StrictMath.pow(2, -0.5));
        assertThat(decays.later(Double.MAX_VALUE, 30_000)).isEqualTo(0.0);
        assertThat(decays.later(-1.0, Long.MAX_VALUE)).isEqualTo(-0.0);
    }

    @Test
    void nullAndWhatHasNotAgedStay() {
        assertThat(Aging.GROWS.later(null, 5)).isNull();
        assertThat(Aging.GROWS.later(5L, 0)).isEqualTo(5L);
        assertThat(Aging.GROWS.later(5L, -3)).isEqualTo(5L);
        assertThat(Aging.NONE.later("text", 5)).isEqualTo("text");
    }

    @Test
    void listsAndMapsAgeInEachElement() {
        assertThat(Aging.GROWS.later(Arrays.asList(1L, null), 2)).isEqualTo(Arrays.asList(3L, null));
        assertThat(Aging.decays(1).later(Map.of("a", 8.0), 3)).isEqualTo(Map.of("a", 1.0));
        assertThat(Aging.GROWS.later(List.of(), 2)).isEqualTo(List.of());
    }
}
