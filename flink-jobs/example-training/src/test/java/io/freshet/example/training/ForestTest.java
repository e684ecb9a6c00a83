/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForestTest {

    @Test
    void learnsWhatTellsThemApartAndTheSameEachTime() {
        List<Example> examples = examples(new Random(1), 600);
        List<Example> others = examples(new Random(2), 200);

        double[] scores = Forest.train(examples).scores(others);

        assertThat(Quality.of(scores, others.stream().map(Example::robot).toList())
                        .auc())
                .isGreaterThan(0.95);
        assertThat(Forest.train(examples).scores(others)).isEqualTo(scores);
    }

    /** Robots have more of the first feature; the others tell nothing. */
    private static List<Example> examples(Random random, int count) {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean robot = random.nextInt(3) == 0;
            List<Double> features = new ArrayList<>();
            features.add(random.nextDouble() + (robot ? 0.8 : 0));
            while (features.size() < BotFeatures.NAMES.size()) {
                features.add(random.nextDouble());
            }
            examples.add(new Example(features, robot));
        }
        return examples;
    }
}
