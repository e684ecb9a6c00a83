/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.function.CorePartials;
import io.freshet.function.Reading;
import io.freshet.oracle.Answer;
import io.freshet.oracle.Oracle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The laws that {@link Aggregate} states, for every aggregate over every type of input, on random values. */
class AggregateLawsTest {

    private static final int ROUNDS = 40;
    private static final int SLOTS = 6;
    private static final Window WINDOW = new Window("w", 1_000_000, 1_000);
    private static final long AS_OF = 500;

    @Test
    void nothingIsNeutral() {
        forEachAggregate(law -> {
            law.fill(0);
            law.merge(1, 0);
            assertThat(law.bits(1)).isEqualTo(law.bits(0));
            law.merge(0, 2);
            assertThat(law.bits(0)).isEqualTo(law.bits(1));
        });
    }

    @Test
    void addingIsMergingASingleValue() {
        forEachAggregate(law -> {
            law.fill(0);
            law.merge(1, 0);
            int one = law.newEvent();
            law.add(0, one);
            law.add(2, one);
            law.merge(1, 2);
            assertThat(law.bits(1)).isEqualTo(law.bits(0));
        });
    }

    @Test
    void mergingIsAssociative() {
        forEachAggregate(law -> {
            law.fill(0);
            law.fill(1);
            law.fill(2);
            law.merge(3, 0);
            law.merge(3, 1);
            law.merge(3, 2);
            law.merge(1, 2);
            law.merge(0, 1);
            law.assertSame(0, 3);
        });
    }

    @Test
    void orderNeverShowsInAnExactAggregate() {
        forEachAggregate(law -> {
            law.fill(0);
            law.fill(1);
            law.merge(2, 0);
            law.merge(2, 1);
            law.merge(3, 1);
            law.merge(3, 0);
            law.assertSame(2, 3);
        });
    }

    @Test
    void evictingUndoesMergingTheOldestOrSaysThatItCannot() {
        forEachAggregate(law -> {
            law.fill(0);
            law.fill(1);
            law.merge(2, 0);
            law.merge(2, 1);
            if (law.aggregate.evict(law.ring, 2, law.ring, 0)) {
                assertThat(law.result(2)).isEqualTo(law.result(1));
                law.add(1, 0);
                law.add(2, 0);
                assertThat(law.result(2)).isEqualTo(law.result(1));
            }
        });
    }

    @Test
    void resultIsTheOraclesAndLeavesTheCells() {
        forEachAggregate(law -> {
            law.fill(0);
            List<Object> before = law.bits(0);
            Answer expected = law.answer();
            assertThat(expected.agreesWith(law.result(0)))
                    .as("%s, expected %s", law.result(0), expected)
                    .isTrue();
            assertThat(law.bits(0)).isEqualTo(before);
        });
    }

    @Test
    void writtenCellsAreReadAgain() {
        forEachAggregate(law -> {
            law.fill(0);
            law.rewrite(0, 1);
            law.rewrite(2, 3);
            assertThat(law.bits(1)).isEqualTo(law.bits(0));
            assertThat(law.bits(3)).isEqualTo(law.bits(2));
            law.fill(1);
            law.rewrite(1, 4);
            assertThat(law.result(4)).isEqualTo(law.result(1));
        });
    }

    /** One aggregate, some slots to work in and events to add. */
    private static final class Law {

        final Aggregate aggregate;
        final TileRing ring;

        private final Aggregates.Use use;
        private final Oracle oracle;
        private final Reading reading;
        private final Random random;
        private final List<SelectedEvent> events = new ArrayList<>();

        Law(Column.Aggregate column, long seed) {
            this.random = new Random(seed);
            Column.Windowed windowed =
                    new Column.Windowed("c", Scenario.type(column, WINDOW).orElseThrow(), column, WINDOW);
            this.use = Aggregates.use(windowed);
            Placement placement = new Placement(1);
            this.aggregate = Aggregates.create(group(use.shared()), placement);
            this.ring = new TileRing(placement.longs(), placement.objects(), SLOTS, 0);
            this.oracle = new Oracle(List.of(windowed));
            this.reading = new Reading() {
                @Override
                public long asOfMillis() {
                    return AS_OF;
                }

                @Override
                public void countOverflow() {}
            };
        }

        /** What is asked of numbers is tested beside all else that may be asked of them. */
        private static List<Aggregates.Shared> group(Aggregates.Shared shared) {
            List<Aggregates.Shared> together = new ArrayList<>(List.of(shared));
            if (shared.partials() instanceof CorePartials core
                    && !shared.inputs().isEmpty()) {
                for (CorePartials.Kind kind : CorePartials.Kind.values()) {
                    together.add(new Aggregates.Shared(
                            new CorePartials(kind, core.input()), shared.inputs(), shared.filter()));
                }
            }
            return Aggregates.groups(together).get(0);
        }

        int newEvent() {
            @Nullable Object[] inputs = new Object[Scenario.INPUTS.size()];
            use.shared().inputs().forEach(input -> inputs[input] = Scenario.value(input, random));
            int number = events.size();
            SelectedEvent event = new SelectedEvent("k", number / 2, number % 2, number, 0, 0, inputs, null);
            events.add(event);
            oracle.add(event);
            return number;
        }

        void add(int slot, int event) {
            SelectedEvent of = events.get(event);
            aggregate.add(ring, slot, java.util.Objects.requireNonNull(aggregate.value(of)), of);
        }

        Answer answer() {
            return oracle.answer(0, "k", AS_OF);
        }

        void fill(int slot) {
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                add(slot, newEvent());
            }
        }

        void merge(int into, int from) {
            aggregate.merge(ring, into, ring, from);
        }

        @Nullable
        Object result(int slot) {
            return aggregate.result(ring, slot, use.finish(), reading);
        }

        /** What the plain cells hold, and the value. */
        List<@Nullable Object> bits(int slot) {
            List<@Nullable Object> bits = new ArrayList<>();
            for (int i = ring.at(slot) + 1; i < ring.at(slot + 1); i++) {
                bits.add(ring.longs[i]);
            }
            bits.add(result(slot));
            return bits;
        }

        /** Equal to the bit where the aggregate is exact; else both agree with the oracle. */
        void assertSame(int left, int right) {
            if (aggregate.isExact()) {
                assertThat(result(left)).isEqualTo(result(right));
            } else {
                Answer expected = answer();
                assertThat(expected.agreesWith(result(left)))
                        .as("%s, expected %s", result(left), expected)
                        .isTrue();
                assertThat(expected.agreesWith(result(right)))
                        .as("%s, expected %s", result(right), expected)
                        .isTrue();
            }
        }

        void rewrite(int from, int into) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            aggregate.write(ring, from, new DataOutputStream(bytes));
            aggregate.clear(ring, into);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            aggregate.read(ring, into, in);
            assertThat(in.available()).isZero();
        }
    }

    private interface Check {
        void holds(Law law) throws IOException;
    }

    private static void forEachAggregate(Check check) {
        for (Column.Aggregate column : Scenario.everyAggregate()) {
            for (long seed = 1; seed <= ROUNDS; seed++) {
                try {
                    check.holds(new Law(column, seed));
                } catch (AssertionError | RuntimeException | IOException e) {
                    throw new AssertionError(column + ", seed " + seed + ": " + e.getMessage(), e);
                }
            }
        }
    }
}
