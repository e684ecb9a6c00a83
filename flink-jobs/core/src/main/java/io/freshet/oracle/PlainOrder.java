/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.oracle;

import java.util.Map;

/** Over a plain list of events: values by order of time or of size. */
final class PlainOrder {

    /** By name. */
    static final Map<String, PlainFunction> FUNCTIONS = Map.of();

    private PlainOrder() {}
}
