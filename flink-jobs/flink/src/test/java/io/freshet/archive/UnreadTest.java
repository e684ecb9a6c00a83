/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnreadTest {

    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    @Test
    void theFirstRunBeginsWhereTheTopicDoes() {
        Unread unread = Unread.of(Map.of(), Map.of(FIRST, 5L, SECOND, 0L), Map.of(FIRST, 9L, SECOND, 0L));
        assertThat(unread.starts()).isEqualTo(Map.of(FIRST, 5L, SECOND, 0L));
        assertThat(unread.offsets()).isEqualTo(Map.of(0, new OffsetRange(5, 9), 1, new OffsetRange(0, 0)));
        assertThat(unread.nextOffsets()).isEqualTo(Map.of(0, 9L, 1, 0L));
        assertThat(unread.lost()).isZero();
    }

    @Test
    void aLaterRunGoesOnAndTakesNewPartitionsFromTheirBeginning() {
        Unread unread = Unread.of(Map.of(0, 9L), Map.of(FIRST, 5L, SECOND, 0L), Map.of(FIRST, 12L, SECOND, 3L));
        assertThat(unread.offsets()).isEqualTo(Map.of(0, new OffsetRange(9, 12), 1, new OffsetRange(0, 3)));
        assertThat(unread.lost()).isZero();
    }

    @Test
    void whatWasDeletedBetweenRunsIsCounted() {
        Unread unread = Unread.of(Map.of(0, 9L), Map.of(FIRST, 11L), Map.of(FIRST, 12L));
        assertThat(unread.offsets()).isEqualTo(Map.of(0, new OffsetRange(11, 12)));
        assertThat(unread.lost()).isEqualTo(2);
    }
}
