/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoundsTest {

    private static final List<Extent> TOPIC = List.of(new Extent(0, 0, 100, 900), new Extent(0, 1, 150, 700));

    private static Bounds bounds(List<Extent> extents, Set<Integer> truncated, Bounds.Files files) {
        return Bounds.of(extents, Map.of(0, new Bounds.Sources(truncated, 10, files)));
    }

    @Test
    void aWholeTopicIsCompleteFromEver() {
        assertThat(bounds(TOPIC, Set.of(), Bounds.Files.NONE))
                .isEqualTo(new Bounds(900, Long.MIN_VALUE, Long.MIN_VALUE));
    }

    @Test
    void ofATopicThatLostItsBeginningAllIsThereFromWhereEachPartitionHasIt() {
        assertThat(bounds(TOPIC, Set.of(0), Bounds.Files.NONE).completeSinceMillis())
                .isEqualTo(111);
        assertThat(bounds(TOPIC, Set.of(0, 1), Bounds.Files.NONE).completeSinceMillis())
                .isEqualTo(161);
        // Of a partition that has lost all it had nothing is known.
        assertThat(bounds(TOPIC, Set.of(2), Bounds.Files.NONE).completeSinceMillis())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(bounds(TOPIC, Set.of(2, 0), Bounds.Files.NONE).completeSinceMillis())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theCutIsWhereTheTopicBeginsToBeWhole() {
        List<Extent> all = List.of(TOPIC.get(0), TOPIC.get(1), new Extent(0, Extent.FILES, 3, 500));
        assertThat(bounds(all, Set.of(), Bounds.Files.SOME)).isEqualTo(new Bounds(900, 100, 3));
        assertThat(bounds(all, Set.of(1), Bounds.Files.SOME)).isEqualTo(new Bounds(900, 161, 3));
    }

    @Test
    void ofTopicsTogetherTheLastToBeWholeDecides() {
        List<Extent> both = List.of(new Extent(0, 0, 100, 200), new Extent(1, 0, 50, 900));
        Bounds.Sources whole = new Bounds.Sources(Set.of(), 10, Bounds.Files.NONE);
        Bounds.Sources truncated = new Bounds.Sources(Set.of(0), 10, Bounds.Files.NONE);
        assertThat(Bounds.of(both, Map.of(0, whole, 1, truncated))).isEqualTo(new Bounds(900, Long.MIN_VALUE, 61));
        assertThat(Bounds.of(both, Map.of(0, truncated, 1, truncated)).completeSinceMillis())
                .isEqualTo(111);
    }

    @Test
    void filesThatHoldAllMakeItCompleteFromEver() {
        assertThat(bounds(List.of(TOPIC.get(0), new Extent(0, Extent.FILES, 3, 50)), Set.of(0), Bounds.Files.ALL))
                .isEqualTo(new Bounds(900, 111, Long.MIN_VALUE));
    }

    @Test
    void withoutEventsInTheTopicAllAreOfFiles() {
        assertThat(bounds(List.of(new Extent(0, Extent.FILES, 3, 500)), Set.of(), Bounds.Files.SOME))
                .isEqualTo(new Bounds(500, Long.MAX_VALUE, 3));
    }
}
