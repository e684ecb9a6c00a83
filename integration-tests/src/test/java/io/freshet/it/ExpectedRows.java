/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.it;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.AvroDecoder;
import io.freshet.event.BadEventException;
import io.freshet.event.EventSelector;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.row.RowMaker;
import io.freshet.window.EntityState;
import io.freshet.window.RowOutput;
import io.freshet.window.WindowEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a view which emits on the watermark has to have, of events in any order and however often a job was
 * interrupted: one straight pass over the events of each entity, without Flink, Kafka or Redis.
 */
final class ExpectedRows {

    /** One row, told by its entity and number. */
    record Row(String entity, long asOfMillis, long seq, List<@Nullable Object> values) {

        String key() {
            return entity + " " + seq;
        }
    }

    private final ViewPlan plan;
    private final AvroDecoder decoder;
    private final EventSelector selector;
    private final Map<String, List<SelectedEvent>> events = new HashMap<>();

    ExpectedRows(ViewPlan plan) {
        this.plan = plan;
        this.decoder = new AvroDecoder(plan.sources().get(0).schema());
        this.selector = new EventSelector(plan, 0, ViewMetrics.NONE);
    }

    /** An event that lies in the topic there. */
    void add(int partition, long offset, byte[] value) throws BadEventException {
        Optional<SelectedEvent> event = selector.select(decoder.decode(value), partition, offset, 0, null);
        event.ifPresent(found ->
                events.computeIfAbsent(found.entity(), key -> new ArrayList<>()).add(found));
    }

    /** How many events the view takes. */
    long events() {
        return events.values().stream().mapToLong(List::size).sum();
    }

    /** All rows up to the moment when the watermark stands there, by {@link Row#key}. */
    Map<String, Row> upTo(long watermarkMillis) {
        Map<String, Row> rows = new HashMap<>();
        WindowEngine engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        RowMaker maker = new RowMaker(plan, ViewMetrics.NONE);
        events.forEach((entity, all) -> {
            EntityState state = engine.newState();
            RowOutput emitter = (asOf, seq, values, cause) -> {
                Row row = new Row(entity, asOf, seq, Arrays.asList(maker.complete(values)));
                rows.put(row.key(), row);
            };
            all.stream()
                    .filter(event -> event.timeMillis() <= watermarkMillis)
                    .sorted(Comparator.comparingLong(SelectedEvent::timeMillis)
                            .thenComparingInt(SelectedEvent::partition)
                            .thenComparingLong(SelectedEvent::offset))
                    .forEach(event -> engine.accept(state, event, Long.MIN_VALUE, emitter));
            engine.advance(state, watermarkMillis, emitter);
        });
        return rows;
    }
}
