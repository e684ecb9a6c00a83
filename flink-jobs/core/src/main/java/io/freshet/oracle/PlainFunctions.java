/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the plain form of a function by its name. */
final class PlainFunctions {

    /** Functions that see events of which an input is null. */
    private static final Set<String> TAKE_NULLS = Set.of();

    private static final Map<String, PlainFunction> ALL = all();

    private PlainFunctions() {}

    private static Map<String, PlainFunction> all() {
        Map<String, PlainFunction> all = new HashMap<>();
        for (Map<String, PlainFunction> group : List.of(
                PlainBasics.FUNCTIONS,
                PlainStatistics.FUNCTIONS,
                PlainDistribution.FUNCTIONS,
                PlainOrder.FUNCTIONS,
                PlainTime.FUNCTIONS,
                PlainVector.FUNCTIONS)) {
            all.putAll(group);
        }
        return Map.copyOf(all);
    }

    /** The function; empty where it is one of a user's jar. */
    static Optional<PlainFunction> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Whether the function sees events of which an input is null. */
    static boolean takesNulls(String name) {
        return TAKE_NULLS.contains(name);
    }
}
