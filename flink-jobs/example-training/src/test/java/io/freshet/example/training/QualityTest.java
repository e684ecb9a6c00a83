/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QualityTest {

    private static final Offset<Double> EXACT = within(1e-12);

    @Test
    void countsThePairsInTheRightOrder() {
        // Positives 0.8 and 0.35, negatives 0.4 and 0.1: of four pairs, 0.35 under 0.4 alone is wrong.
        // From the top: a hit at 1 of 1, a miss, a hit at 2 of 3, a miss.
        Quality quality = Quality.of(new double[] {0.1, 0.4, 0.35, 0.8}, List.of(false, false, true, true));

        assertThat(quality.auc()).isCloseTo(3 / 4.0, EXACT);
        assertThat(quality.averagePrecision()).isCloseTo((1 + 2 / 3.0) / 2, EXACT);
        assertThat(quality.examples()).isEqualTo(4);
        assertThat(quality.positives()).isEqualTo(2);
    }

    @Test
    void aTieIsHalfAPairAndOneStepOfTheThreshold() {
        // 0.9 is a hit. At 0.5 a hit, a miss and a hit come together: 3 of 4. At 0.2 a miss.
        Quality quality = Quality.of(new double[] {0.5, 0.9, 0.5, 0.5, 0.2}, List.of(true, true, false, true, false));

        // Pairs: 0.9 beats both negatives, 2; each 0.5 beats 0.2 and ties with the negative, 1.5. So 5 of 6.
        assertThat(quality.auc()).isCloseTo(5 / 6.0, EXACT);
        assertThat(quality.averagePrecision()).isCloseTo((1 + 2 * 3 / 4.0) / 3, EXACT);
    }

    @Test
    void theBordersAreOneHalfAndNothing() {
        List<Boolean> labels = List.of(true, true, false, false);

        assertThat(Quality.of(new double[] {4, 3, 2, 1}, labels).auc()).isEqualTo(1);
        assertThat(Quality.of(new double[] {4, 3, 2, 1}, labels).averagePrecision())
                .isEqualTo(1);
        assertThat(Quality.of(new double[] {1, 2, 3, 4}, labels).auc()).isZero();
        assertThat(Quality.of(new double[] {7, 7, 7, 7}, labels).auc()).isEqualTo(0.5);
        assertThat(Quality.of(new double[] {7, 7, 7, 7}, labels).averagePrecision())
                .isEqualTo(0.5);
    }

    @Test
    void withoutBothKindsThereIsNoQuality() {
        assertThat(Quality.of(new double[] {1, 2}, List.of(true, true)).auc()).isNaN();
        assertThat(Quality.of(new double[] {1, 2}, List.of(false, false)).auc()).isNaN();
        assertThat(Quality.of(new double[0], List.of()).averagePrecision()).isNaN();
    }
}
