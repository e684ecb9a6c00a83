/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.FeatureFunction;
import java.util.List;

/** Functions of the group: vectors of a fixed dimension. */
final class VectorFunctions {

    private VectorFunctions() {}

    static List<FeatureFunction> all() {
        return List.of();
    }
}
