/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.reading.ReadPlan;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as one binary value each. */
final class CompactForm implements StoredForm {

    private final String view;
    private final BinaryRows rows;

    CompactForm(ReadPlan plan) {
        view = plan.view().view().name();
        rows = new BinaryRows(plan);
    }

    @Override
    public AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity) {
        CommandArgs<byte[], byte[]> key = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(OnlineKeys.row(namespace, view, entity).getBytes(UTF_8));
        return new AsyncCommand<>(new Command<>(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), key));
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
