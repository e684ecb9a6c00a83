/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Column;
import io.freshet.reading.ReadPlan;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowIdentity;
import io.freshet.row.ValueText;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows as hashes of texts, of which only the fields of the plan's columns are read. */
final class HashForm implements StoredForm {

    private static final List<String> HEAD =
            List.of(OnlineKeys.AS_OF, OnlineKeys.AVAILABLE_AT, OnlineKeys.SEQ, OnlineKeys.VERSION, OnlineKeys.WARMING);

    private final String view;
    private final List<Column> columns;
    private final byte[][] fields;

    HashForm(ReadPlan plan) {
        view = plan.view().view().name();
        columns = plan.columns();
        List<String> names = new ArrayList<>(HEAD);
        columns.forEach(column -> names.add(column.name()));
        fields = names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    @Override
    public AsyncCommand<byte[], byte[], ?> ask(String namespace, String entity) {
        CommandArgs<byte[], byte[]> arguments = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(OnlineKeys.row(namespace, view, entity).getBytes(UTF_8))
                .addKeys(fields);
        return new AsyncCommand<>(
                new Command<>(CommandType.HMGET, new ValueListOutput<>(ByteArrayCodec.INSTANCE), arguments));
    }

    @Override
    @SuppressWarnings("unchecked") // what HMGET gives
    public Optional<StoredRow> row(@Nullable Object answer) {
        List<byte @Nullable []> found = answer == null ? List.of() : (List<byte @Nullable []>) answer;
        if (found.stream().allMatch(Objects::isNull)) {
            return Optional.empty();
        }
        long asOf = number(found, 0);
        long availableAt = number(found, 1);
        long seq = number(found, 2);
        RowIdentity identity = new RowIdentity(Math.toIntExact(number(found, 3)), asOf, seq);
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(columns.get(i), found.get(HEAD.size() + i));
        }
        String warming = text(found, 4);
        return Optional.of(new StoredRow(
                identity,
                availableAt,
                values,
                warming == null || warming.isEmpty() ? List.of() : List.of(warming.split(","))));
    }

    private static @Nullable Object value(Column column, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return ValueText.parse(new String(bytes, UTF_8), column.type());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Cannot read column '" + column.name() + "' of the online store: " + e.getMessage(), e);
        }
    }

    private static long number(List<byte @Nullable []> found, int place) {
        String text = text(found, place);
        if (text == null) {
            throw new IllegalArgumentException(
                    "a row lacks the field " + HEAD.get(place) + " (is the key used by others, too?)");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String text(List<byte @Nullable []> found, int place) {
        byte[] bytes = found.get(place);
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
