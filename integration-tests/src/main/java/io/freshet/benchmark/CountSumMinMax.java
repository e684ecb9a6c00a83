/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.event.SelectedEvent;
import org.apache.flink.api.common.functions.AggregateFunction;

/** The benchmark's four aggregates for Flink's own windows: count, sum, min and max of input 0. */
final class CountSumMinMax implements AggregateFunction<SelectedEvent, long[], long[]> {

    private static final long serialVersionUID = 1L;

    @Override
    public long[] createAccumulator() {
        return new long[] {0, 0, Long.MAX_VALUE, Long.MIN_VALUE};
    }

    @Override
    public long[] add(SelectedEvent event, long[] partial) {
        if (event.input(0) instanceof Long value) {
            partial[0]++;
            partial[1] += value;
            partial[2] = Math.min(partial[2], value);
            partial[3] = Math.max(partial[3], value);
        }
        return partial;
    }

    @Override
    public long[] getResult(long[] partial) {
        return partial.clone();
    }

    @Override
    public long[] merge(long[] a, long[] b) {
        return new long[] {a[0] + b[0], a[1] + b[1], Math.min(a[2], b[2]), Math.max(a[3], b[3])};
    }
}
