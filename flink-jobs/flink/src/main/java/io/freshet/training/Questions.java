/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.RowIdentity;
import java.util.Optional;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** The questions of a spine: one per row and view whose time and key are there. */
final class Questions implements FlatMapFunction<Long, JoinItem> {
    private static final long serialVersionUID = 1L;

    private final TrainingRequest request;

    Questions(TrainingRequest request) {
        this.request = request;
    }

    @Override
    public void flatMap(Long once, Collector<JoinItem> out) throws Exception {
        long horizon = request.rules().horizonMillis();
        try (SpineReader spine = SpineReader.open(request)) {
            while (spine.next()) {
                Long time = spine.timeMillis();
                for (int view = 0; time != null && view < request.views().size(); view++) {
                    String key = spine.key(view);
                    Optional<RowIdentity> served = spine.served(view);
                    if (key != null
                            && (served.isPresent() || !request.views().get(view).isOfServed())) {
                        out.collect(new JoinItem.Asking(view, key, spine.index(), time - horizon, served));
                    }
                }
            }
        }
    }
}
