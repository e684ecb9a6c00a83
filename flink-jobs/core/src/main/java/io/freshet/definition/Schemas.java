/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import io.freshet.expression.Spelling;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * The Avro schemas that views may name.
 *
 * @param texts schema text by every name it goes by: the record's name, its full name, its file
 */
public record Schemas(Map<String, String> texts) {

    public Schemas {
        texts = Map.copyOf(texts);
    }

    /** The schema of that name; empty where there is none or it cannot be read, which is then a problem. */
    Optional<Schema> find(FeatureView.Text name, Problems problems) {
        String text = texts.get(name.text());
        if (text == null) {
            Collection<String> known = texts.keySet();
            problems.add(
                    name,
                    0,
                    "Unknown schema '" + name.text() + "'" + Spelling.suggestion(name.text(), known) + " (known: "
                            + String.join(", ", known.stream().sorted().toList()) + ")");
            return Optional.empty();
        }
        try {
            Schema schema = new Schema.Parser().parse(text);
            if (schema.getType() == Schema.Type.RECORD) {
                return Optional.of(schema);
            }
            problems.add(
                    name,
                    0,
                    "Cannot use schema '" + name.text() + "': expected a record, found "
                            + schema.getType().getName());
        } catch (SchemaParseException e) {
            problems.add(name, 0, "Cannot parse schema '" + name.text() + "': " + e.getMessage());
        }
        return Optional.empty();
    }
}
