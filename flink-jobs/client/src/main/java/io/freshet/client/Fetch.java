/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.row.OnlineKeys;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One round trip: published watermarks of views, and rows of their entities, but for what the near-cache has. Used by one
 * thread at a time.
 */
final class Fetch {

    private final String namespace;
    private final NearCache cache;
    private final List<AsyncCommand<byte[], byte[], ?>> commands = new ArrayList<>();
    private final Map<String, AsyncCommand<byte[], byte[], byte[]>> watermarks = new LinkedHashMap<>();
    private final Map<String, OptionalLong> knownWatermarks = new LinkedHashMap<>();

    Fetch(String namespace, NearCache cache) {
        this.namespace = namespace;
        this.cache = cache;
    }

    /**
     * What is wanted of one view.
     *
     * @param form how its rows are stored
     * @param known rows that the near-cache has
     * @param asked commands for those it has not
     * @param schemas command for the schemas of rows, where they are wanted
     */
    record OfView(
            StoredForm form,
            Map<String, Optional<StoredRow>> known,
            Map<String, AsyncCommand<byte[], byte[], ?>> asked,
            Optional<AsyncCommand<byte[], byte[], List<byte[]>>> schemas) {}

    /** Asks for a view's watermark. It must come before its rows: those read after it are at least as new as it says. */
    void watermark(String view) {
        OptionalLong known = cache.watermark(view);
        if (known.isPresent()) {
            knownWatermarks.put(view, known);
            return;
        }
        CommandArgs<byte[], byte[]> key = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(OnlineKeys.watermark(namespace, view).getBytes(UTF_8));
        AsyncCommand<byte[], byte[], byte[]> command =
                new AsyncCommand<>(new Command<>(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), key));
        watermarks.put(view, command);
        commands.add(command);
    }

    /** Asks for rows of entities of a view; one asked for twice is read once. */
    OfView rows(String view, StoredForm form, Iterable<String> entities) {
        Map<String, Optional<StoredRow>> known = new LinkedHashMap<>();
        Map<String, AsyncCommand<byte[], byte[], ?>> asked = new LinkedHashMap<>();
        for (String entity : entities) {
            if (known.containsKey(entity) || asked.containsKey(entity)) {
                continue;
            }
            @Nullable Optional<StoredRow> cached = cache.row(form, entity);
            if (cached == null) {
                AsyncCommand<byte[], byte[], ?> command = form.ask(namespace, entity);
                asked.put(entity, command);
                commands.add(command);
            } else {
                known.put(entity, cached);
            }
        }
        return new OfView(form, known, asked, form.wantsSchemas() ? Optional.of(schemas(view)) : Optional.empty());
    }

    private AsyncCommand<byte[], byte[], List<byte[]>> schemas(String view) {
        CommandArgs<byte[], byte[]> key = new CommandArgs<>(ByteArrayCodec.INSTANCE)
                .addKey(OnlineKeys.schemas(namespace, view).getBytes(UTF_8));
        AsyncCommand<byte[], byte[], List<byte[]>> command = new AsyncCommand<>(
                new Command<>(CommandType.HVALS, new ValueListOutput<>(ByteArrayCodec.INSTANCE), key));
        commands.add(command);
        return command;
    }

    /** What is to be sent; empty where the near-cache has all. */
    List<RedisCommand<byte[], byte[], ?>> commands() {
        return List.copyOf(commands);
    }

    /** Completes when all is answered, or fails with the first failure. */
    CompletableFuture<Void> answered() {
        return CompletableFuture.allOf(commands.toArray(CompletableFuture[]::new));
    }

    /** Gives up what is not answered. */
    void cancel() {
        commands.forEach(AsyncCommand::cancel);
    }

    /** The watermark of a view that was asked for, ms; empty where none is published. */
    OptionalLong watermarkOf(String view) {
        AsyncCommand<byte[], byte[], byte[]> command = watermarks.get(view);
        if (command == null) {
            return knownWatermarks.getOrDefault(view, OptionalLong.empty());
        }
        byte[] bytes = command.join();
        if (bytes == null) {
            return OptionalLong.empty();
        }
        long millis = Long.parseLong(new String(bytes, US_ASCII));
        cache.keepWatermark(view, millis);
        return OptionalLong.of(millis);
    }

    /**
     * The rows by entity, in no order; empty where an entity has none.
     *
     * @throws IllegalArgumentException if one is no row of the view
     */
    Map<String, Optional<StoredRow>> rowsOf(OfView view) {
        view.schemas().ifPresent(command -> view.form().learn(command.join()));
        Map<String, Optional<StoredRow>> rows = new LinkedHashMap<>(view.known());
        view.asked().forEach((entity, command) -> {
            Optional<StoredRow> row = view.form().row(command.join());
            cache.keep(view.form(), entity, row);
            rows.put(entity, row);
        });
        return rows;
    }
}
