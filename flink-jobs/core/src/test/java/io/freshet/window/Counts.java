/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.metrics.ViewMetrics;

/** Counts what the engine tells of. */
final class Counts implements ViewMetrics {

    private int late;
    private int outOfOrder;
    private int overflows;

    @Override
    public void eventIn() {}

    @Override
    public void rowOut() {}

    @Override
    public void eventLate() {
        late++;
    }

    @Override
    public void eventOutOfOrder() {
        outOfOrder++;
    }

    @Override
    public void nonFiniteSkipped() {}

    @Override
    public void overflow() {
        overflows++;
    }

    @Override
    public void expressionFailed() {}

    @Override
    public String toString() {
        return "late " + late + ", out of order " + outOfOrder + ", overflows " + overflows;
    }
}
