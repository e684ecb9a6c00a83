/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.Map;

/** Over a plain list of events: distinct values, frequencies and percentiles. */
final class PlainDistribution {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of();

    private PlainDistribution() {}
}
