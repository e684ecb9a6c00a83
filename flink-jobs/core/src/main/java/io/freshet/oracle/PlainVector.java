/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.Map;

/** Over a plain list of events: vectors of a fixed dimension. */
final class PlainVector {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of();

    private PlainVector() {}
}
