/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.ViewPlan;
import io.freshet.row.OnlineFields;
import io.freshet.row.OnlineKeys;
import io.freshet.row.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows as hashes of texts; each is packed as the names and values of its fields in turn. Used by one thread. */
final class HashRows implements RowForm {

    private final OnlineFields fields;
    private final String keyPrefix;
    private final Map<String, byte[]> names = new HashMap<>();
    private final Packer packer = new Packer();
    private int texts;

    /** For rows of that view. */
    HashRows(ViewPlan plan, String namespace) {
        fields = new OnlineFields(plan);
        keyPrefix = OnlineKeys.rowPrefix(namespace, plan.view().name());
    }

    @Override
    public String script() {
        return "newest-wins.lua";
    }

    @Override
    public byte[] key(String entity) {
        return (keyPrefix + entity).getBytes(UTF_8);
    }

    @Override
    public byte[] pack(List<? extends Row> rows) {
        packer.clear();
        packer.closeArray(packer.openArray(), rows.size());
        for (Row row : rows) {
            int start = packer.openArray();
            texts = 0;
            fields.visit(row, this::add);
            packer.closeArray(start, texts);
        }
        return packer.bytes();
    }

    private void add(String name, String value) {
        packer.add(names.computeIfAbsent(name, text -> text.getBytes(UTF_8)));
        packer.add(value.getBytes(UTF_8));
        texts += 2;
    }
}
