/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryPartsTest {

    private static final long EXACT = 1L << 53;

    @Test
    void longsThatJavaScriptWouldRoundAreTextWhereverTheyAre() {
        assertThat(HistoryParts.exact(EXACT)).isEqualTo(EXACT);
        assertThat(HistoryParts.exact(-EXACT)).isEqualTo(-EXACT);
        assertThat(HistoryParts.exact(EXACT + 1)).isEqualTo("9007199254740993");
        assertThat(HistoryParts.exact(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(HistoryParts.exact(Arrays.asList(1L, null, Long.MAX_VALUE)))
                .isEqualTo(Arrays.asList(1L, null, "9223372036854775807"));
        assertThat(HistoryParts.exact(Map.of("a", List.of(EXACT + 1), "b", 0.5)))
                .isEqualTo(Map.of("a", List.of("9007199254740993"), "b", 0.5));
    }
}
