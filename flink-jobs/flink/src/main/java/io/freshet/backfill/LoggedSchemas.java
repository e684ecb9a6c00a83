/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

import java.util.List;
import org.apache.avro.Schema;

/** Schemas of a history as they travel to where rows are read. */
final class LoggedSchemas {

    private LoggedSchemas() {}

    static List<String> text(List<Schema> schemas) {
        return schemas.stream().map(Schema::toString).toList();
    }

    static List<Schema> parse(List<String> schemas) {
        return schemas.stream().map(text -> new Schema.Parser().parse(text)).toList();
    }
}
