/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.Map;

/** Over a plain list of events: ages, rates and decayed sums. */
final class PlainTime {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of();

    private PlainTime() {}
}
