/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.metrics.ViewMetrics;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DueWheelTest {

    private static final WindowEngine ENGINE = new WindowEngine(
            TestViews.payments().windowed(), TestViews.payments().view().emit(), ViewMetrics.NONE);

    private static Entity due(DueWheel wheel, long millis) {
        Entity entity = new Entity("e" + millis, ENGINE.newState());
        entity.dueMillis = millis;
        wheel.add(entity);
        return entity;
    }

    /** All that is due by now; what is not is put back. */
    private static Set<Entity> expired(DueWheel wheel, long now) {
        Set<Entity> expired = new HashSet<>();
        List<Entity> early = new ArrayList<>();
        for (Entity entity = wheel.poll(); entity != null; entity = wheel.poll()) {
            if (entity.dueMillis <= now) {
                expired.add(entity);
            } else {
                early.add(entity);
            }
        }
        early.forEach(wheel::add);
        return expired;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000, 1_700_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE - 100_000_000})
    void givesWhatIsDueAndNothingElseWhereverTimeBegins(long start) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            DueWheel wheel = new DueWheel();
            Set<Entity> waiting = new HashSet<>();
            long now = start;
            for (int step = 0; step < 300; step++) {
                for (int i = random.nextInt(10); i > 0; i--) {
                    waiting.add(due(wheel, now + random.nextInt(1 << random.nextInt(18))));
                }
                if (!waiting.isEmpty() && random.nextInt(3) == 0) {
                    Entity gone = waiting.iterator().next();
                    wheel.remove(gone);
                    waiting.remove(gone);
                }
                now += random.nextInt(1 << random.nextInt(18));
                long reached = now;
                wheel.advanceTo(reached);
                Set<Entity> expected = new HashSet<>(waiting);
                expected.removeIf(entity -> entity.dueMillis > reached);
                assertThat(expired(wheel, reached)).as("seed %d", seed).isEqualTo(expected);
                waiting.removeAll(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64, 1_000, 60_000})
    void slotsComeInOrderOfTime(long hop) {
        DueWheel wheel = new DueWheel();
        long start = 1_700_000_000_000L / hop * hop;
        wheel.advanceTo(start);
        for (int i = 1; i <= 50; i++) {
            due(wheel, start + i * hop);
            due(wheel, start + i * hop);
        }
        List<Long> dues = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            wheel.advanceTo(start + i * hop);
            expired(wheel, start + i * hop).forEach(entity -> dues.add(entity.dueMillis));
        }
        assertThat(dues).isSorted().hasSize(100);
    }
}
