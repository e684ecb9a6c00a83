/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import java.util.List;

/**
 * Takes what was served, so that a model can be trained on the rows that were truly read. Called by many threads, before the
 * caller has its answer: what is slow should only take over. What it throws fails the read.
 */
@FunctionalInterface
public interface ServedLog {

    /** Logs nothing. */
    ServedLog NONE = (requestId, vectors) -> {};

    /**
     * Takes the answer to one call.
     *
     * @param requestId what the caller knows the request by
     * @param vectors the answer, one per row that asked
     */
    void served(String requestId, List<FeatureVector> vectors);
}
