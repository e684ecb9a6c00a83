/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.freshet.definition.FeatureView.NonFinite;
import io.freshet.definition.Limits;
import io.freshet.expression.Expression;
import io.freshet.expression.ExpressionLimits;
import io.freshet.expression.ValueType;
import io.freshet.metrics.ViewMetrics;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventSelectorTest {

    private final Counts counts = new Counts();
    private final GenericRecord order = Orders.order();

    @Test
    void everyTypeIsReadInItsWidestForm() throws Exception {
        assertThat(read("time")).isEqualTo(1_442_018_818_771L);
        assertThat(read("customer")).isEqualTo("ann");
        assertThat(read("items")).isEqualTo(3L);
        assertThat(read("weight")).isEqualTo(0.5);
        assertThat(read("price")).isEqualTo(new BigDecimal("12.50"));
        assertThat(read("tax")).isEqualTo(new BigDecimal("-0.0001"));
        assertThat(read("gift")).isEqualTo(false);
        assertThat(read("status")).isEqualTo("PAID");
        assertThat(read("due")).isEqualTo(-86_400_000L);
        assertThat(read("place", "country")).isEqualTo("FR");
        order.put("time", -1L);
        assertThat(read("time")).isEqualTo(-1L);
    }

    @Test
    void aNullOnTheWayToAFieldIsNull() throws Exception {
        order.put("place", null);

        assertThat(read("place", "country")).isNull();
        assertThat(read("shipped")).isNull();
    }

    @Test
    void anEventBecomesItsKeyItsInputsAndItsFilterBits() throws Exception {
        order.put("gift", true);
        order.put("points", 8L);

        SelectedEvent selected =
                selector("event.items > 0").select(order, 4, 5, 6, null).orElseThrow();

        assertThat(selected.entity()).isEqualTo("ann|FR");
        assertThat(selected.timeMillis()).isEqualTo(1_442_018_818_771L);
        assertThat(selected.partition()).isEqualTo(4);
        assertThat(selected.offset()).isEqualTo(5);
        assertThat(selected.ingestedAtMillis()).isEqualTo(6);
        assertThat(selected.input(0)).isEqualTo(0.25);
        assertThat(selected.input(1)).isEqualTo(2L);
        assertThat(selected.passes(0)).isTrue();
        assertThat(counts).hasToString("in 1, failed 0, skipped 0");
    }

    @Test
    void anEventTheFilterPassesOverIsNotCountedNorJudged() throws Exception {
        order.put("customer", null);
        order.put("discount", Double.NaN);

        assertThat(selector("event.items > 3").select(order, 0, 0, 0, null)).isEmpty();
        assertThat(selector("event.discount > 3.0").select(order, 0, 0, 0, null))
                .isEmpty();
        assertThat(counts).hasToString("in 0, failed 0, skipped 0");
    }

    @Test
    void anExpressionThatFailsIsCountedAndGivesNullOrFalse() throws Exception {
        order.put("items", 0);

        SelectedEvent selected = selector("true").select(order, 0, 0, 0, null).orElseThrow();
        assertThat(selected.input(1)).isNull();
        assertThat(counts).hasToString("in 1, failed 1, skipped 0");
        assertThat(selector("event.points / event.items > 1").select(order, 0, 0, 0, null))
                .isEmpty();
        assertThat(counts).hasToString("in 1, failed 2, skipped 0");
    }

    @Test
    void anInputThatIsNotFiniteIsNullAndCountedOrADeadLetterAsTheViewSays() throws Exception {
        order.put("discount", Double.NEGATIVE_INFINITY);

        SelectedEvent selected = selector("true").select(order, 0, 0, 0, null).orElseThrow();
        assertThat(selected.input(0)).isNull();
        assertThat(counts).hasToString("in 1, failed 0, skipped 1");

        EventSelector strict = new EventSelector(Orders.plan(NonFinite.DEAD_LETTER, Optional.empty()), 0, counts);
        assertThat(refusal(strict, DeadLetterReason.NON_FINITE))
                .isEqualTo("Cannot use the event: NaN or infinite in discount, expected finite numbers");
        assertThat(counts).hasToString("in 1, failed 0, skipped 1");
    }

    @Test
    void anEventWithoutKeyOrTimeIsRefusedByTheNameOfTheField() {
        order.put("place", null);
        assertThat(refusal(selector("true"), DeadLetterReason.NULL_KEY)).contains("field 'place.country'");
        order.put("time", null);
        assertThat(refusal(selector("true"), DeadLetterReason.MISSING_TIME)).contains("field 'time' is null");
    }

    /** Keys and lists of random lengths, at limits of random lengths: refused exactly beyond them. */
    @Test
    void aKeyOrListThatIsLongerThanItMayBeIsRefusedAndNoOther() throws Exception {
        Random random = new Random(3);
        Expression ofTags =
                Expression.compile("size(event.tags) >= 0", Map.of("event.tags", ValueType.list(ValueType.STRING)));
        for (int i = 0; i < 200; i++) {
            String customer = "\u00E9".repeat(random.nextInt(20));
            order.put("customer", customer);
            order.put("tags", Collections.nCopies(random.nextInt(20), "t"));
            int keyLength = (customer + "|FR").length() - random.nextInt(2);
            int listLength = ((List<?>) order.get("tags")).size() - random.nextInt(2);
            EventSelector selector = new EventSelector(
                    Orders.plan(NonFinite.SKIP, Optional.of(ofTags)),
                    0,
                    counts,
                    new Limits(1, keyLength, listLength, 1, ExpressionLimits.DEFAULT));
            if (((List<?>) order.get("tags")).size() > listLength) {
                assertThat(refusal(selector, DeadLetterReason.LIST_TOO_LONG))
                        .isEqualTo("Cannot use a list of more than " + listLength
                                + " elements (limits.list_length): tags");
            } else if (customer.length() + 3 > keyLength) {
                assertThat(refusal(selector, DeadLetterReason.KEY_TOO_LONG))
                        .isEqualTo("Cannot use an entity key of " + (customer.length() + 3) + " characters: expected "
                                + keyLength + " or fewer (limits.key_length)");
            } else {
                assertThat(selector.select(order, 0, 0, 0, null)).isPresent();
            }
        }
    }

    @Test
    void onlyAnEventAsOldAsTheLongestWindowAndItsHopMayProveLate() {
        EventSelector selector = selector("true");

        assertThat(selector.mayProveLate(39_000, 100_000)).isTrue();
        assertThat(selector.mayProveLate(39_001, 100_000)).isFalse();
    }

    private EventSelector selector(String where) {
        Expression filter = Orders.expression(where);
        return new EventSelector(Orders.plan(NonFinite.SKIP, Optional.of(filter)), 0, counts);
    }

    private @Nullable Object read(String... path) throws BadEventException {
        return FieldReader.of(Orders.SCHEMA, List.of(path)).read(order);
    }

    private String refusal(EventSelector selector, DeadLetterReason reason) {
        BadEventException refused =
                catchThrowableOfType(BadEventException.class, () -> selector.select(order, 0, 0, 0, null));
        assertThat(refused.reason()).isEqualTo(reason);
        return String.valueOf(refused.getMessage());
    }

    /** Counts what the selector counts. */
    private static final class Counts implements ViewMetrics {
        private int in;
        private int failed;
        private int skipped;

        @Override
        public void eventIn() {
            in++;
        }

        @Override
        public void expressionFailed() {
            failed++;
        }

        @Override
        public void nonFiniteSkipped() {
            skipped++;
        }

        @Override
        public void rowOut() {}

        @Override
        public void eventLate() {}

        @Override
        public void eventOutOfOrder() {}

        @Override
        public void overflow() {}

        @Override
        public String toString() {
            return "in " + in + ", failed " + failed + ", skipped " + skipped;
        }
    }
}
