/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.reading.ReadPlan;
import io.freshet.row.CompactReader;
import io.lettuce.core.protocol.AsyncCommand;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the rows of one view are stored, seen by who reads the columns of one plan. Safe for use by many threads. */
interface StoredForm {

    /** The form that the view of a plan has. */
    static StoredForm of(ReadPlan plan) {
        return switch (plan.view().view().online().layout()) {
            case HASH -> new HashForm(plan);
            case COMPACT -> new CompactForm(plan);
            case FEAST -> new FeastReadForm(plan);
        };
    }

    /** Whether a row was met whose schema is not known, so that published ones should be read with the next rows. */
    default boolean wantsSchemas() {
        return false;
    }

    /** Takes the schemas that the job has published. */
    default void learn(List<byte[]> schemas) {}

    /** A command that asks for the row of an entity. */
    AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity);

    /**
     * The row in the answer to such a command; empty where there is none.
     *
     * @throws CompactReader.UnknownSchemaException if its schema is not known; it is wanted from then on
     * @throws IllegalArgumentException if it is no row of the view
     */
    Optional<StoredRow> row(@Nullable Object answer);
}
