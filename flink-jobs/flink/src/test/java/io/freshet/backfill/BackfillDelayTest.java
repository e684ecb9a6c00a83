/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackfillDelayTest {

    private static HistoryRow live(long ingestedAtMillis, long availableAtMillis) {
        return new HistoryRow("a", 0, availableAtMillis, 1, 1, RowOrigin.LIVE, ingestedAtMillis, List.of(), List.of());
    }

    @Test
    void itIsWhatNinetyNineInAHundredRowsTook() {
        BackfillDelay.Sample sample = new BackfillDelay.Sample();
        for (int i = 0; i < 200; i++) {
            sample.live(live(1_000, 1_000 + i));
        }
        assertThat(sample.delay()).contains(new BackfillDelay(Duration.ofMillis(198), BackfillDelay.Basis.MEASURED));
    }

    @Test
    void rowsOfExpiriesAndOfReplaysDoNotTell() {
        BackfillDelay.Sample sample = new BackfillDelay.Sample();
        for (int i = 0; i < 200; i++) {
            sample.live(live(FeatureRow.NO_EVENT, 7));
            sample.live(live(1_000, 7));
        }
        assertThat(sample.delay()).isEmpty();
    }

    @Test
    void itIsNeverZero() {
        BackfillDelay.Sample sample = new BackfillDelay.Sample();
        for (int i = 0; i < 100; i++) {
            sample.live(live(1_000, 1_000));
        }
        assertThat(sample.delay()).contains(new BackfillDelay(Duration.ofMillis(1), BackfillDelay.Basis.MEASURED));
    }
}
