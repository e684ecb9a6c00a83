/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import java.io.IOException;
import org.apache.avro.Schema;

/** The schemas that events name by an id: a registry. What an id means never changes. */
@FunctionalInterface
public interface SchemaLookup {

    /**
     * The schema of that id. Waits while the registry is away.
     *
     * @throws BadEventException if no event can be read by it: {@link DeadLetterReason#UNKNOWN_SCHEMA} if there is no such
     *     id, {@link DeadLetterReason#INCOMPATIBLE_SCHEMA} if it is none of Avro
     * @throws IOException if the registry was away for too long, or refuses to answer
     */
    Schema byId(int id) throws BadEventException, IOException;

    /** Knows no schema, where no format needs one. */
    SchemaLookup NONE = id -> {
        throw new IllegalStateException("Cannot look up schema " + id + ": there is no registry");
    };
}
