/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.definition.ViewPlan;
import io.freshet.row.CompactSchema;
import io.freshet.row.CompactWriter;
import io.freshet.row.FeastForm;
import io.freshet.row.Row;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** Rows as fields of the hashes that Feast reads, see {@link FeastForm}. Used by one thread. */
final class FeastRows implements RowForm {

    private final CompactWriter writer;
    private final Schema schema;
    private final FeastForm form;
    private final String namespace;
    private final Packer packer = new Packer();
    private int texts;

    /** For rows of that view. */
    FeastRows(ViewPlan plan, String namespace) {
        writer = new CompactWriter(plan);
        schema = CompactSchema.of(plan);
        form = new FeastForm(plan);
        this.namespace = namespace;
    }

    @Override
    public String script() {
        return "newest-wins-feast.lua";
    }

    @Override
    public byte[] key(String entity) {
        return form.key(namespace, entity);
    }

    @Override
    public Optional<Schema> schema() {
        return Optional.of(schema);
    }

    @Override
    public byte[] pack(List<? extends Row> rows) {
        packer.clear();
        packer.closeArray(packer.openArray(), rows.size());
        for (Row row : rows) {
            int start = packer.openArray();
            texts = 0;
            add(form.rowField(), writer.write(row));
            form.visit(row, this::add);
            packer.closeArray(start, texts);
        }
        return packer.bytes();
    }

    private void add(byte[] name, byte[] value) {
        packer.add(name);
        packer.add(value);
        texts += 2;
    }
}
