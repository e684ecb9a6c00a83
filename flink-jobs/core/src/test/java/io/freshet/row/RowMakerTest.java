/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.metrics.ViewMetrics;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowMakerTest {

    private static final int COUNT_1H = 8;
    private static final int COUNT_LIFETIME = 9;
    private static final int QUOTIENT = 10;

    private final List<String> counted = new ArrayList<>();
    private final ViewPlan plan = AllTypes.plan(1);
    private final RowMaker maker = new RowMaker(plan, recorder());

    @Test
    void derivedColumnsFollowTheWindowedOnes() {
        assertThat(complete(4L, 12L)).hasSize(QUOTIENT + 1).endsWith(4L, 12L, 3L);
        assertThat(counted).isEmpty();
    }

    @Test
    void aDerivedColumnThatMeetsNullIsNullAndOneThatFailsIsCountedToo() {
        assertThat(complete(4L, null)[QUOTIENT]).isNull();
        assertThat(counted).isEmpty();
        assertThat(complete(0L, 12L)[QUOTIENT]).isNull();
        assertThat(counted).containsExactly("expressionFailed");
    }

    @Test
    void aValueIsCompleteOnceItsFirstTileIs() {
        Window window = new Window("10ms", 10, 5);

        assertThat(Warming.isComplete(window, 114, 100)).isTrue();
        assertThat(Warming.isComplete(window, 114, 101)).isFalse();
        assertThat(Warming.isComplete(window, 110, 100)).isTrue();
        assertThat(Warming.isComplete(window, 109, 100)).isFalse();
        assertThat(Warming.isComplete(window, -1, -15)).isTrue();
        assertThat(Warming.isComplete(window, -1, -14)).isFalse();
        assertThat(Warming.isComplete(window, 0, Long.MIN_VALUE)).isTrue();
    }

    @Test
    void aLifetimeIsCompleteOnlyWhereAllEventsThereEverWereWereSeen() {
        assertThat(Warming.isComplete(Window.LIFETIME, Long.MAX_VALUE, 0)).isFalse();
        assertThat(Warming.isComplete(Window.LIFETIME, 0, Long.MIN_VALUE)).isTrue();
    }

    @Test
    void warmingColumnsAreNamedInTheOrderOfThePlan() {
        Warming warming = new Warming(plan.columns());
        Warming withoutLifetime = new Warming(plan.columns().subList(0, COUNT_LIFETIME));

        assertThat(warming.columns(3_000_000, 0)).containsExactly("n_1h", "n_lifetime", "quotient");
        assertThat(warming.columns(9_000_000, 0)).containsExactly("n_lifetime");
        assertThat(warming.columns(0, Long.MIN_VALUE)).isEmpty();
        assertThat(withoutLifetime.columns(3_599_999, 0)).containsExactly("n_1h");
        assertThat(withoutLifetime.columns(3_600_000, 0)).isEmpty();
    }

    private @Nullable Object[] complete(@Nullable Long hour, @Nullable Long lifetime) {
        @Nullable Object[] windowed = new Object[QUOTIENT];
        windowed[COUNT_1H] = hour;
        windowed[COUNT_LIFETIME] = lifetime;
        return maker.complete(windowed);
    }

    private ViewMetrics recorder() {
        return (ViewMetrics) Proxy.newProxyInstance(
                ViewMetrics.class.getClassLoader(), new Class<?>[] {ViewMetrics.class}, (self, method, arguments) -> {
                    counted.add(method.getName());
                    return null;
                });
    }
}
