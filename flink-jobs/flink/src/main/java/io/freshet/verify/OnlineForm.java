/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.CompactReader;
import io.freshet.row.FeastForm;
import io.freshet.row.OnlineKeys;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** How the rows of one view are asked for, in the layout that the view says, and read. Used by one thread. */
final class OnlineForm {

    private final ViewPlan plan;
    private final String namespace;
    private final StatefulRedisConnection<byte[], byte[]> redis;
    private final CompactReader binary;
    private boolean knowsSchemas;

    OnlineForm(ViewPlan plan, String namespace, StatefulRedisConnection<byte[], byte[]> redis) {
        this.plan = plan;
        this.namespace = namespace;
        this.redis = redis;
        binary = new CompactReader(plan, plan.columns());
    }

    /**
     * Asks for an entity.
     *
     * @param answer what the store will say
     * @param entry makes of it, in this thread, what the store holds
     */
    record Asked(RedisFuture<?> answer, Function<@Nullable Object, OnlineEntry> entry) {}

    /** The command that rows are asked for by. */
    String command() {
        return switch (plan.view().online().layout()) {
            case HASH, FEAST -> "HMGET";
            case COMPACT -> "GET";
        };
    }

    Asked ask(String entity) {
        byte[] key = OnlineKeys.row(namespace, plan.view().name(), entity).getBytes(UTF_8);
        return switch (plan.view().online().layout()) {
            case HASH -> new Asked(redis.async().hmget(key, hashFields()), this::hash);
            case COMPACT -> new Asked(redis.async().get(key), this::compact);
            case FEAST -> {
                FeastForm form = new FeastForm(plan);
                byte[][] fields = new byte[plan.columns().size() + 1][];
                fields[0] = form.rowField();
                for (int i = 1; i < fields.length; i++) {
                    fields[i] = form.field(i - 1);
                }
                yield new Asked(
                        redis.async().hmget(form.key(namespace, entity), fields), answer -> feast(form, answer));
            }
        };
    }

    /** An answer that is an error of the store about what is there: a row of another layout. */
    OnlineEntry unreadable(String why) {
        return OnlineBinary.unreadable(plan, why);
    }

    private byte[][] hashFields() {
        List<String> names =
                new ArrayList<>(List.of(OnlineKeys.AS_OF, OnlineKeys.SEQ, OnlineKeys.VERSION, OnlineKeys.WARMING));
        plan.columns().stream().map(Column::name).forEach(names::add);
        return names.stream().map(name -> name.getBytes(UTF_8)).toArray(byte[][]::new);
    }

    private OnlineEntry hash(@Nullable Object answer) {
        Map<String, String> fields = new HashMap<>();
        for (KeyValue<byte[], byte[]> field : fields(answer)) {
            field.ifHasValue(value -> fields.put(new String(field.getKey(), UTF_8), new String(value, UTF_8)));
        }
        return new OnlineHash(plan, fields);
    }

    private OnlineEntry compact(@Nullable Object answer) {
        return answer == null
                ? OnlineBinary.missing(plan)
                : read((byte[]) answer, row -> OnlineBinary.compact(plan, row));
    }

    private OnlineEntry feast(FeastForm form, @Nullable Object answer) {
        List<byte @Nullable []> values = new ArrayList<>();
        for (KeyValue<byte[], byte[]> field : fields(answer)) {
            values.add(field.getValueOrElse(null));
        }
        byte[] whole = values.get(0);
        if (whole == null) {
            // The hash is shared by views: this one has no row in it.
            return OnlineBinary.missing(plan);
        }
        return read(whole, row -> OnlineBinary.feast(plan, row, form, values.subList(1, values.size())));
    }

    @SuppressWarnings("unchecked") // what HMGET gives
    private static List<KeyValue<byte[], byte[]>> fields(@Nullable Object answer) {
        return answer == null ? List.of() : (List<KeyValue<byte[], byte[]>>) answer;
    }

    private OnlineEntry read(byte[] bytes, Function<CompactReader.Row, OnlineEntry> entry) {
        try {
            return entry.apply(binary.read(bytes));
        } catch (CompactReader.UnknownSchemaException e) {
            if (knowsSchemas) {
                return unreadable(String.valueOf(e.getMessage()));
            }
            learnSchemas();
            return read(bytes, entry);
        } catch (IllegalArgumentException e) {
            return unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** A job publishes the schema of its rows before it writes any. */
    private void learnSchemas() {
        knowsSchemas = true;
        byte[] key = OnlineKeys.schemas(namespace, plan.view().name()).getBytes(UTF_8);
        for (byte[] schema : redis.sync().hvals(key)) {
            binary.learn(new Schema.Parser().parse(new String(schema, UTF_8)));
        }
    }
}
