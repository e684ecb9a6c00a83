/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.FeatureFunction;
import java.util.List;

/** Functions of the group: distinct values, frequencies and percentiles. */
final class DistributionFunctions {

    private DistributionFunctions() {}

    static List<FeatureFunction> all() {
        return List.of();
    }
}
