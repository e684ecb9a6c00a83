/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Passes matches on as they come: sorted, by what stands before it. */
final class Pass extends KeyedProcessFunction<Long, Match, Match> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Match match, Context context, Collector<Match> out) {
        out.collect(match);
    }
}
