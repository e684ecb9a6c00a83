/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.row.Row;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** How rows of one view are stored: what a script on the server is given, which writes them unless newer ones are there. */
interface RowForm {

    /** The form that the view says. */
    static RowForm of(ViewPlan plan, String namespace) {
        return switch (plan.view().online().layout()) {
            case HASH -> new HashRows(plan, namespace);
            case COMPACT -> new CompactRows(plan, namespace);
            case FEAST -> new FeastRows(plan, namespace);
        };
    }

    /** Name of the script, a resource beside this class. */
    String script();

    /** The key of an entity. */
    byte[] key(String entity);

    /** The schema that readers need for rows of the form; empty where they need none. */
    default Optional<Schema> schema() {
        return Optional.empty();
    }

    /** The rows, in the form that the script takes; one key each. */
    byte[] pack(List<? extends Row> rows);
}
