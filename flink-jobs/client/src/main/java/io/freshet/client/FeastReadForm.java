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

/** Rows in hashes that Feast reads, of which the field is read that holds the whole row. */
final class FeastReadForm extends BinaryForm {

    private final FeastForm form;

    FeastReadForm(ReadPlan plan) {
        super(plan);
        form = new FeastForm(plan.view());
    }

    @Override
    public AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(form.key(namespace, entity))
                .addKey(form.rowField());
        return new AsyncCommand<>(
                new Command<>(CommandType.HGET, new ValueOutput<>(ByteArrayCodec.INSTANCE), arguments));
    }
}
