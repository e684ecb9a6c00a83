/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.reading.ReadPlan;
import io.freshet.row.CompactReader;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Rows as binary values: reads those of one plan, and learns the schemas of those that were written under another. */
abstract class BinaryForm implements StoredForm {

    private final CompactReader reader;
    private volatile boolean wantsSchemas;

    BinaryForm(ReadPlan plan) {
        reader = new CompactReader(plan.view(), plan.columns());
    }

    @Override
    public final boolean wantsSchemas() {
        return wantsSchemas;
    }

    @Override
    public final void learn(List<byte[]> schemas) {
        for (byte[] schema : schemas) {
            reader.learn(new Schema.Parser().parse(new String(schema, UTF_8)));
        }
        wantsSchemas = false;
    }

    @Override
    public final Optional<StoredRow> row(@Nullable Object answer) {
        if (answer == null) {
            return Optional.empty();
        }
        try {
            CompactReader.Row row = reader.read((byte[]) answer);
            return Optional.of(new StoredRow(row.identity(), row.availableAtMillis(), row.values(), row.warming()));
        } catch (CompactReader.UnknownSchemaException e) {
            wantsSchemas = true;
            throw e;
        }
    }
}
