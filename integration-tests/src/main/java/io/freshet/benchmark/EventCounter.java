/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.event.SelectedEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The least that a keyed operator can do: one number per key. What it reaches is the limit of the engine. */
final class EventCounter extends KeyedProcessFunction<String, SelectedEvent, Long> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> count;

    @SuppressWarnings("NullAway.Init") // open comes before all else
    EventCounter() {}

    @Override
    public void open(OpenContext context) {
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(SelectedEvent event, Context context, Collector<Long> out) throws Exception {
        Long known = count.value();
        long next = known == null ? 1 : known + 1;
        count.update(next);
        out.collect(next);
    }
}
