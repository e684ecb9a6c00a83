/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

import io.freshet.event.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/** The dead letters of files that this run loads, counted. Those of others were put aside by the run that loaded them. */
final class NewLetters extends RichFlatMapFunction<DeadLetter, DeadLetter> {
    private static final long serialVersionUID = 1L;

    private final List<BatchFile> files;

    NewLetters(List<BatchFile> files) {
        this.files = new ArrayList<>(files);
    }

    @Override
    public void flatMap(DeadLetter letter, Collector<DeadLetter> out) {
        if (files.get(letter.partition()).isNew()) {
            getRuntimeContext()
                    .getLongCounter(BatchCounts.letters(letter.reason()))
                    .add(1);
            out.collect(letter);
        }
    }
}
