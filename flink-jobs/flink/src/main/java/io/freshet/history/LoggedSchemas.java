/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import io.freshet.definition.ViewPlan;
import io.freshet.row.RowCodec;
import io.freshet.row.RowHeads;
import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;

/**
 * The schemas that rows of one view's history were written under, its own of now among them, as text: they travel to
 * tasks, and each reads them again.
 *
 * @param texts the schemas as JSON, at least one
 */
public record LoggedSchemas(List<String> texts) implements Serializable {
    private static final long serialVersionUID = 1L;

    public LoggedSchemas {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("Rows are written under one schema or more");
        }
    }

    /** Those of that history. */
    public static LoggedSchemas of(List<Schema> schemas) {
        return new LoggedSchemas(schemas.stream().map(Schema::toString).toList());
    }

    /** The schemas. */
    public List<Schema> parse() {
        return texts.stream().map(text -> new Schema.Parser().parse(text)).toList();
    }

    /** What reads rows of the view, whichever of the schemas they were written under. */
    public RowCodec codec(ViewPlan plan) {
        RowCodec codec = new RowCodec(plan);
        parse().forEach(codec::alsoReads);
        return codec;
    }

    /** What reads the heads of rows, whichever of the schemas they were written under. */
    public RowHeads heads() {
        List<Schema> schemas = parse();
        RowHeads heads = new RowHeads(schemas.get(0));
        schemas.forEach(heads::alsoReads);
        return heads;
    }
}
