/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.ViewPlan;
import io.freshet.row.CompactSchema;
import io.freshet.row.CompactWriter;
import io.freshet.row.OnlineKeys;
import io.freshet.row.Row;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Rows as one binary value each, see {@link io.freshet.row.CompactSchema}. Used by one thread. */
final class CompactRows implements RowForm {

    private final CompactWriter writer;
    private final Schema schema;
    private final String keyPrefix;
    private final Packer packer = new Packer();

    /** For rows of that view. */
    CompactRows(ViewPlan plan, String namespace) {
        writer = new CompactWriter(plan);
        schema = CompactSchema.of(plan);
        keyPrefix = OnlineKeys.rowPrefix(namespace, plan.view().name());
    }

    @Override
    public String script() {
        return "newest-wins-compact.lua";
    }

    @Override
    public byte[] key(String entity) {
        return (keyPrefix + entity).getBytes(UTF_8);
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(schema);
    }

    @Override
    public byte[] pack(List<? extends Row> rows) {
        packer.clear();
        packer.closeArray(packer.openArray(), rows.size());
        rows.forEach(row -> packer.add(writer.write(row)));
        return packer.bytes();
    }
}
