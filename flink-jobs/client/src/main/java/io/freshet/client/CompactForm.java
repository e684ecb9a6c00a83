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

/** Rows as one binary value each. */
final class CompactForm extends BinaryForm {

    private final String view;

    CompactForm(ReadPlan plan) {
        super(plan);
        view = plan.view().view().name();
    }

    @Override
    public AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity) {
        CommandArgs<byte[], byte[]> key = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(OnlineKeys.row(namespace, view, entity).getBytes(UTF_8));
        return new AsyncCommand<>(new Command<>(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), key));
    }
}
