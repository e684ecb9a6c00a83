/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.FeatureFunction;
import java.util.List;

/** Functions of the group: values by order of time or of size. */
final class OrderFunctions {

    private OrderFunctions() {}

    static List<FeatureFunction> all() {
        return List.of();
    }
}
