/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.definition.Shop;
import io.freshet.definition.ViewPlan;
import io.freshet.metrics.ViewMetrics;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a view takes from the events of each of its topics. */
class SeveralTopicsSelectorTest {

    private ViewPlan plan;

    @BeforeEach
    void plan() throws Exception {
        plan = Shop.plan(Shop.VIEW);
    }

    private Optional<SelectedEvent> select(int topic, Map<String, Object> fields) throws BadEventException {
        GenericRecord event = new GenericData.Record(plan.sources().get(topic).schema());
        fields.forEach(event::put);
        return new EventSelector(plan, topic, ViewMetrics.NONE).select(event, 3, 5, 6, null);
    }

    private SelectedEvent purchase(long amount) throws BadEventException {
        return select(0, Map.of("time", 1_000L, "customer", "ann", "amount", amount, "ware", "tea"))
                .orElseThrow();
    }

    @Test
    void whatATopicLacksIsNullAndItsFiltersDoNotHold() throws Exception {
        SelectedEvent refund = select(1, Map.of("at", 2_000L, "customer", "ann", "amount", 200))
                .orElseThrow();
        SelectedEvent purchase = purchase(7);

        assertThat(purchase.entity()).isEqualTo("ann").isEqualTo(refund.entity());
        assertThat(purchase.timeMillis()).isEqualTo(1_000);
        assertThat(refund.timeMillis()).isEqualTo(2_000);
        assertThat(new Object[] {purchase.input(0), purchase.input(1), purchase.input(2)})
                .containsExactly(null, 7L, "tea");
        assertThat(new Object[] {refund.input(0), refund.input(1), refund.input(2)})
                .containsExactly(200L, 200L, null);
        assertThat(purchase.filters()).isEqualTo(0b1001);
        assertThat(refund.filters()).isEqualTo(0b0110);
        assertThat(purchase(101).filters()).isEqualTo(0b1101);
    }

    @Test
    void theFilterOfTheViewIsThatOfEachTopic() throws Exception {
        assertThat(select(0, Map.of("time", 1L, "customer", "ann", "amount", 0L, "ware", "tea")))
                .isEmpty();
        assertThat(select(1, Map.of("at", 1L, "customer", "ann", "amount", -1))).isEmpty();
    }

    @Test
    void topicsNeverShareAPartitionAndTheFirstKeepsItsOwn() throws Exception {
        SelectedEvent refund =
                select(1, Map.of("at", 2_000L, "customer", "ann", "amount", 2)).orElseThrow();

        assertThat(purchase(7).partition()).isEqualTo(3);
        assertThat(refund.partition()).isEqualTo(1_000_003);
        assertThat(PartitionNumbers.topic(refund.partition())).isEqualTo(1);
        assertThat(PartitionNumbers.partition(refund.partition())).isEqualTo(3);
        assertThat(PartitionNumbers.topic(PartitionNumbers.number(99, 999_999))).isEqualTo(99);
        assertThatThrownBy(() -> PartitionNumbers.number(0, 1_000_000)).hasMessageContaining("outside 0 to 999999");
    }
}
