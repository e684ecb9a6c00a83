/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import io.freshet.definition.ViewPlan;

/** For how long events of a view matter. */
final class Memory {

    private Memory() {}

    /** For how long an event can count in any window, ms; {@link Long#MAX_VALUE} for ever. */
    static long ofEvents(ViewPlan plan) {
        return plan.windowed().stream()
                .mapToLong(column -> column.window().memoryMillis())
                .max()
                .orElse(0);
    }

    /** How long after an event its last tile leaves a window that ends, ms. */
    static long ofExpiries(ViewPlan plan) {
        return plan.windowed().stream()
                .filter(column -> !column.window().isLifetime())
                .mapToLong(column -> column.window().memoryMillis())
                .max()
                .orElse(0);
    }
}
