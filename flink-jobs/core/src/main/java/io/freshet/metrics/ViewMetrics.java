/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.metrics;

/** What is counted of one view. Implemented once for Flink; tests record. Called from the task thread only. */
public interface ViewMetrics {

    /** An event passed the view's filter and reached its windows. */
    void eventIn();

    /** A row left the windows. */
    void rowOut();

    /** An event no window could use any more. */
    void eventLate();

    /** An event behind its entity's clock that still counted. */
    void eventOutOfOrder();

    /** A NaN or infinite input was taken as null. */
    void nonFiniteSkipped();

    /** A result did not fit its type and became null. */
    void overflow();

    /** An expression failed on its values and gave null, or false as a filter. */
    void expressionFailed();

    /** Counts nothing. */
    ViewMetrics NONE = new ViewMetrics() {
        @Override
        public void eventIn() {}

        @Override
        public void rowOut() {}

        @Override
        public void eventLate() {}

        @Override
        public void eventOutOfOrder() {}

        @Override
        public void nonFiniteSkipped() {}

        @Override
        public void overflow() {}

        @Override
        public void expressionFailed() {}
    };
}
