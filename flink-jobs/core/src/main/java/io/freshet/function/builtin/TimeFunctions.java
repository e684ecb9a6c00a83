/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.FeatureFunction;
import java.util.List;

/** Functions of the group: ages, rates and decayed sums. */
final class TimeFunctions {

    private TimeFunctions() {}

    static List<FeatureFunction> all() {
        return List.of();
    }
}
