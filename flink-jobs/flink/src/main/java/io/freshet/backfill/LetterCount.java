/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import io.freshet.event.DeadLetter;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** Counts the events that a view refuses. They are not put aside: the live job has done so, or will. */
final class LetterCount extends RichFlatMapFunction<DeadLetter, Void> {
    private static final long serialVersionUID = 1L;

    private final String view;

    LetterCount(String view) {
        this.view = view;
    }

    @Override
    public void flatMap(DeadLetter letter, Collector<Void> out) {
        getRuntimeContext()
                .getLongCounter(
                        JobCounts.viewDeadLetters(view) + letter.reason().label())
                .add(1);
    }
}
