/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.source;

import io.freshet.event.DeadLetter;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** The dead letters of a topic: what no view can use. */
public final class DeadLetters implements FlatMapFunction<SourceRecord, DeadLetter> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(SourceRecord item, Collector<DeadLetter> out) {
        if (item instanceof SourceRecord.Dead dead) {
            out.collect(dead.letter());
        }
    }
}
