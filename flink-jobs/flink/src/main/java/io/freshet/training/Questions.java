/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.RowIdentity;
import io.freshet.table.TableException;
import java.util.Optional;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** The questions of a spine: one per row and view whose time and key are there. */
final class Questions implements FlatMapFunction<Long, JoinItem> {
    private static final long serialVersionUID = 1L;

    /** Versions of views begin with 1. */
    private static final RowIdentity NOTHING = new RowIdentity(0, 0, 0);

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
                    if (key != null) {
                        out.collect(new JoinItem.Asking(view, key, spine.index(), time - horizon, served(spine, view)));
                    }
                }
            }
        }
    }

    /** The row that is asked for by name; where none was served, one that no history has. */
    private Optional<RowIdentity> served(SpineReader spine, int view) throws TableException {
        Optional<RowIdentity> served = spine.served(view);
        return served.isEmpty() && request.views().get(view).isOfServed() ? Optional.of(NOTHING) : served;
    }
}
