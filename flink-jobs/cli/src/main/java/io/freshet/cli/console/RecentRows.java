/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.console.Recent;
import io.freshet.definition.ViewPlan;
import io.freshet.history.KafkaRefusal;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.RowCodec;
import io.freshet.row.RowOrigin;
import io.freshet.sink.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sums up the newest rows of histories. What was found is told again for a few seconds, however many pages ask. */
final class RecentRows {

    private static final int MOST = 400;
    private static final int MOST_ENTITIES = 24;
    private static final int LEAST_FOR_QUANTILE = 20;
    private static final long KEPT_NANOS = Duration.ofSeconds(4).toNanos();

    private final ConsoleViews views;
    private final SchemaCache schemas;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    RecentRows(ConsoleViews views, SchemaCache schemas) {
        this.views = views;
        this.schemas = schemas;
    }

    private record Read(Recent recent, long atNanos) {}

    Recent read(ViewPlan plan) {
        String view = plan.view().name();
        Read known = read.get(view);
        if (known != null && System.nanoTime() - known.atNanos() < KEPT_NANOS) {
            return known.recent();
        }
        try {
            Optional<TopicTail.Found> tail = TopicTail.read(
                    views.kafka(), TopicNames.history(views.namespace(), view), MOST, UnaryOperator.identity());
            Recent recent = sum(tail.map(TopicTail.Found::records).orElse(List.of()), plan);
            read.put(view, new Read(recent, System.nanoTime()));
            return recent;
        } catch (KafkaException | IllegalArgumentException e) {
            throw LiveConsole.unavailable("Cannot read the history of view '" + view + "' on Kafka at "
                    + views.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e));
        }
    }

    private Recent sum(List<ConsumerRecord<byte[], byte[]>> records, ViewPlan plan) {
        if (records.isEmpty()) {
            return new Recent(0, List.of(), List.of(), null, null);
        }
        RowCodec codec = schemas.of(plan).codec(plan);
        Set<String> entities = new LinkedHashSet<>();
        Map<String, Integer> warming = new LinkedHashMap<>();
        plan.columns().forEach(column -> warming.put(column.name(), 0));
        List<Long> took = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> message : records) {
            HistoryRow row = codec.decode(message.value());
            if (entities.size() < MOST_ENTITIES) {
                entities.add(row.entity());
            }
            row.warming().forEach(column -> warming.merge(column, 1, Integer::sum));
            if (row.origin() == RowOrigin.LIVE && row.ingestedAtMillis() != FeatureRow.NO_EVENT) {
                took.add(row.availableAtMillis() - row.ingestedAtMillis());
            }
        }
        Collections.sort(took);
        List<Recent.Warming> columns = warming.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .map(each -> new Recent.Warming(each.getKey(), each.getValue()))
                .toList();
        return new Recent(records.size(), List.copyOf(entities), columns, quantile(took, 0.5), quantile(took, 0.99));
    }

    /** Null of so few that it would tell nothing, and of a replay, whose rows tell of the time of their events. */
    private static @Nullable Double quantile(List<Long> sorted, double quantile) {
        if (sorted.size() < LEAST_FOR_QUANTILE || sorted.get(0) < 0) {
            return null;
        }
        return (double) sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size())));
    }
}
