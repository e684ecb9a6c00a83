/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import io.freshet.reading.ReadPlan;
import io.freshet.row.FeastForm;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows in hashes that Feast reads, of which the field is read that holds the whole row. */
final class FeastReadForm implements StoredForm {

    private final FeastForm form;
    private final BinaryRows rows;

    FeastReadForm(ReadPlan plan) {
        form = new FeastForm(plan.view());
        rows = new BinaryRows(plan);
    }

    @Override
    public AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(form.key(namespace, entity))
                .addKey(form.rowField());
        return new AsyncCommand<>(
                new Command<>(CommandType.HGET, new ValueOutput<>(ByteArrayCodec.INSTANCE), arguments));
    }

    @Override
    public boolean wantsSchemas() {
        return rows.wantsSchemas();
    }

    @Override
    public void learn(List<byte[]> schemas) {
        rows.learn(schemas);
    }

    @Override
    public Optional<StoredRow> row(@Nullable Object answer) {
        return rows.row(answer);
    }
}
