/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.row.FeatureRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Where the newest rows are kept. Writing the same rows again changes nothing. What it completes with fails with a
 * {@link StoreRefusedException} where trying again is of no use.
 */
public interface RowStore extends AutoCloseable {

    /** Redis, in the layout that the view says, under keys of that namespace. */
    static RowStore of(RedisOptions options, String namespace, ViewPlan plan) {
        return new RedisRowStore(options, namespace, plan);
    }

    /** Connects, unless it is connected. Never throws itself. */
    CompletionStage<?> connect();

    /** Writes rows, unless newer ones are there; completes when they are acknowledged. Never throws itself. */
    CompletionStage<?> write(List<FeatureRow> rows);

    /** Tells readers how far the view is; completes when acknowledged. Never throws itself. */
    CompletionStage<?> publishWatermark(long watermarkMillis);

    @Override
    void close();
}
