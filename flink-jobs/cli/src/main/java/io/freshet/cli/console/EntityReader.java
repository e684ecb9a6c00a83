/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.Keys;
import io.freshet.cli.ValueView;
import io.freshet.client.OnlineRead;
import io.freshet.client.OnlineReader;
import io.freshet.client.OnlineRow;
import io.freshet.client.OnlineStoreException;
import io.freshet.console.Entity;
import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.server.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads newest rows from the online store, over one connection that it opens when it is first asked. */
final class EntityReader implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final ConsoleViews views;
    private @Nullable OnlineReader online;

    EntityReader(ConsoleViews views) {
        this.views = views;
    }

    Entity read(ViewPlan plan, String key) {
        try {
            Keys.check(key, plan);
            OnlineRead read = online().read(plan, List.of(key));
            return entity(plan, key, read, System.currentTimeMillis());
        } catch (CommandFailedException e) {
            throw Refusal.of(400, "bad_key", String.valueOf(e.getMessage()));
        } catch (OnlineStoreException e) {
            throw LiveConsole.unavailable(e.getMessage());
        }
    }

    private synchronized OnlineReader online() {
        OnlineReader reader = online;
        if (reader == null) {
            reader = views.online(LIMIT);
            online = reader;
        }
        return reader;
    }

    private Entity entity(ViewPlan plan, String key, OnlineRead read, long now) {
        OptionalLong watermark = read.watermarkMillis();
        Long seen = watermark.isPresent() ? (Long) watermark.getAsLong() : null;
        Optional<OnlineRow> found = read.row(key);
        if (found.isEmpty()) {
            return new Entity(now, key, false, "missing", seen, null, null, null, null, 0, Map.of());
        }
        OnlineRow row = found.get();
        // As 'freshet get' shows them: of the moment up to which the job has seen all events.
        Map<String, @Nullable Object> shown = seen == null ? row.values() : row.valuesAt(Instant.ofEpochMilli(seen));
        Map<String, Entity.Value> values = new LinkedHashMap<>();
        for (Column column : plan.columns()) {
            values.put(
                    column.name(),
                    new Entity.Value(
                            ValueView.text(shown.get(column.name()), column.type()), row.isWarming(column.name())));
        }
        return new Entity(
                now,
                key,
                true,
                status(plan, row, watermark, now),
                seen,
                row.asOfMillis(),
                now - row.asOfMillis(),
                row.seq(),
                row.version(),
                row.warming().size(),
                values);
    }

    /** As {@link io.freshet.client.RowStatus} has it. */
    private String status(ViewPlan plan, OnlineRow row, OptionalLong watermark, long now) {
        if (row.version() != plan.view().version()) {
            return "missing";
        }
        if (watermark.isEmpty() || now - watermark.getAsLong() > views.staleAfterMillis(plan.view())) {
            return "stale";
        }
        return row.warming().isEmpty() ? "fresh" : "warming";
    }

    @Override
    public synchronized void close() {
        if (online != null) {
            online.close();
        }
    }
}
