/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.reading.ReadPlan;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the rows of one view are stored, seen by who reads the columns of one plan. Safe for use by many threads. */
interface StoredForm {

    /** The form that the view of a plan has. */
    static StoredForm of(ReadPlan plan) {
        return new HashForm(plan);
    }

    /** A command that asks for the row of an entity. */
    AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity);

    /**
     * The row in the answer to such a command; empty where there is none.
     *
     * @throws IllegalArgumentException if it is no row of the view
     */
    Optional<StoredRow> row(@Nullable Object answer);
}
