/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.FeatureFunction;
import java.util.List;

/** Functions of the group: moments of one or two fields, means of other kinds, and what they are made of. */
final class StatisticsFunctions {

    private StatisticsFunctions() {}

    static List<FeatureFunction> all() {
        return List.of();
    }
}
