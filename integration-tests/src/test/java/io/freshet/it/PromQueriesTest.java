/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a query names, which the tests of dashboard and alert rules build on. */
class PromQueriesTest {

    @Test
    void functionsLabelsTextsAndRangesAreNoMetrics() {
        assertThat(PromQueries.metrics("sum by (view, job_name) (rate(a_total{view=~\"$view\", x='y'}[5m])) > 0"))
                .containsExactly("a_total");
        assertThat(PromQueries.metrics("max by (v) (b{q=\"0.99\"}) > on (v) group_left max by (v) (c) and 1e3 < d"))
                .containsExactly("b", "c", "d");
        assertThat(PromQueries.metrics("absent(e) or e == bool 0 unless time() - f / 1000 > 300 offset 5m"))
                .containsExactly("e", "f");
    }
}
