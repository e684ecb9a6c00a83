/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.example.training;

import java.util.List;

/**
 * What a model learns from or is asked about.
 *
 * @param features in the order of {@link BotFeatures#NAMES}; what was null or never seen is 0
 * @param robot the label
 */
public record Example(List<Double> features, boolean robot) {
    public Example {
        features = List.copyOf(features);
        if (features.size() != BotFeatures.NAMES.size()) {
            throw new IllegalArgumentException(
                    "Cannot take an example of " + features.size() + " features, expected " + BotFeatures.NAMES.size());
        }
    }
}
