/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowOrigin;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LatestRowsTest {

    private static HistoryRow row(String entity, long asOf, long seq) {
        return new HistoryRow(
                entity, asOf, asOf, seq, 1, RowOrigin.LIVE, FeatureRow.NO_EVENT, List.of(), List.of(asOf));
    }

    @Test
    void theLastOfEachEntityIsKeptInWhateverOrderTheyCome() {
        LatestRows latest = new LatestRows();
        latest.add(row("Ann", 5, 2));
        latest.add(row("Bob", 1, 1));
        latest.add(row("Ann", 5, 3));
        latest.add(row("Ann", 4, 9));
        assertThat(latest.rows()).containsExactlyInAnyOrder(row("Ann", 5, 3), row("Bob", 1, 1));
        assertThat(latest.sampled()).isEqualTo(1);
    }

    @Test
    void ofTooManyEntitiesASampleIsKeptThatDependsOnTheEntitiesAlone() {
        LatestRows up = new LatestRows();
        LatestRows down = new LatestRows();
        int entities = 5 * LatestRows.MOST;
        for (int i = 0; i < entities; i++) {
            up.add(row("user " + i, i, i));
            down.add(row("user " + (entities - 1 - i), 0, 0));
        }
        assertThat(up.sampled()).isEqualTo(0.125);
        assertThat(up.rows().size()).isBetween(entities / 8 - 800, entities / 8 + 800);
        assertThat(names(down)).isEqualTo(names(up));
        double mean =
                up.rows().stream().mapToLong(HistoryRow::asOfMillis).average().orElse(0);
        assertThat(mean / entities).isBetween(0.49, 0.51);
    }

    private static Set<String> names(LatestRows latest) {
        return latest.rows().stream().map(HistoryRow::entity).collect(Collectors.toSet());
    }
}
