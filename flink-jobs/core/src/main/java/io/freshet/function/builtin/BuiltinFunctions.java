/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.builtin;

import io.freshet.function.FeatureFunction;
import java.util.List;
import java.util.stream.Stream;

/** All functions of this package. */
public final class BuiltinFunctions {

    private BuiltinFunctions() {}

    /** One of each. */
    public static List<FeatureFunction> all() {
        return Stream.of(
                        StatisticsFunctions.all(),
                        DistributionFunctions.all(),
                        OrderFunctions.all(),
                        TimeFunctions.all(),
                        VectorFunctions.all())
                .flatMap(List::stream)
                .toList();
    }
}
