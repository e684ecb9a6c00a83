/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.Map;

/** Over a plain list of events: moments of one or two fields, means of other kinds, and what they are made of. */
final class PlainStatistics {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of();

    private PlainStatistics() {}
}
