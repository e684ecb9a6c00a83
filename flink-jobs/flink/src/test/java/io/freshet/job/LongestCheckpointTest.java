/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.config.FreshetConfig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LongestCheckpointTest {

    private static Duration longest(Map<String, String> settings) throws Exception {
        return JobSettings.longestCheckpoint(FreshetConfig.of("test", "", Map.of(), settings));
    }

    @Test
    void aTransactionOutlivesTheIntervalAndTheCheckpointThatEndsIt() throws Exception {
        assertThat(longest(Map.of("flink.checkpoint_interval", "10s")))
                .isEqualTo(Duration.ofMinutes(9).minusSeconds(10));
        assertThat(longest(
                        Map.of("flink.checkpoint_interval", "1s", "kafka.properties.transaction.timeout.ms", "10000")))
                .isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void anIntervalAsLongAsATransactionIsRefused() {
        assertThatThrownBy(() -> longest(Map.of("flink.checkpoint_interval", "9m")))
                .hasMessageContaining("Cannot take a checkpoint each 540 s")
                .hasMessageContaining("one lives 600 s; expected at most 480 s");
        assertThatThrownBy(() -> longest(Map.of("kafka.properties.transaction.timeout.ms", "soon")))
                .hasMessageContaining("kafka.properties.transaction.timeout.ms: expected a number of ms");
    }
}
