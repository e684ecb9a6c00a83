/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import java.util.concurrent.CompletionStage;

/** Answers calls of one route; called by many threads. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a call. It may take its time before it returns, but holds a thread of the server as long.
     *
     * @return the answer, at once or later; {@link Refusal} and what else it fails with becomes an error answer
     * @throws Refusal if the call cannot be answered
     */
    CompletionStage<Reply> handle(Call call);
}
