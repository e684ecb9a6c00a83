/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.EventFile;
import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.BadEventException;
import io.freshet.event.EventSelector;
import io.freshet.event.RecordReader;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.RowOutput;
import io.freshet.window.WindowEngine;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a view costs over the events of a file, in the order of the file, at the time of its last event.
 *
 * @param events events that counted
 * @param unused those that did not: filtered, refused or late
 * @param entities entities that were seen
 * @param kept entities of which there is state at the end
 * @param cost of an entity of which there is state, on average
 */
record Measured(long events, long unused, long entities, long kept, Cost cost) {

    /** Bytes of state of all entities together, stored. */
    double storedBytes() {
        return kept * cost.storedBytes();
    }

    /** By name, for JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("events", events);
        fields.put("unused", unused);
        fields.put("entities", entities);
        fields.put("entities_with_state", kept);
        fields.putAll(cost.fields());
        return fields;
    }

    /**
     * Runs the events of a file through the view's windows.
     *
     * @param view a view over one topic
     * @throws CommandFailedException if the file cannot be read, or a line is no event of the schema
     */
    static Measured of(ViewPlan view, String namespace, EventFile file) throws CommandFailedException {
        Run run = new Run(view);
        file.read(run);
        return run.measured(namespace);
    }

    /** An entity as it goes on. */
    private static final class Entity implements RowOutput {
        private final EntityState state;
        private long rows;
        private long expiryRows;
        private long asOfMillis;
        private long seq;
        private @Nullable Object[] values = {};

        private Entity(EntityState state) {
            this.state = state;
        }

        @Override
        public void row(long rowAsOf, long rowSeq, @Nullable Object[] windowed, @Nullable SelectedEvent cause) {
            rows++;
            expiryRows += cause == null ? 1 : 0;
            asOfMillis = rowAsOf;
            seq = rowSeq;
            values = windowed;
        }
    }

    private static final class Run implements EventFile.Visitor {
        private final ViewPlan view;
        private final RecordReader reader;
        private final EventSelector selector;
        private final WindowEngine engine;
        private final Map<String, Entity> entities = new HashMap<>();
        private long events;
        private long unused;
        private long reachedMillis = Long.MIN_VALUE;

        private Run(ViewPlan view) {
            this.view = view;
            this.reader = new RecordReader(view.sources().get(0).schema());
            this.selector = new EventSelector(view, 0, ViewMetrics.NONE);
            this.engine = new WindowEngine(view.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        }

        @Override
        public void event(long line, Map<String, @Nullable Object> values) throws CommandFailedException {
            Optional<SelectedEvent> selected;
            try {
                selected = selector.select(reader.read(values), 0, line, 0, null);
            } catch (BadEventException e) {
                unused++;
                return;
            }
            if (selected.isEmpty() || !accept(selected.get())) {
                unused++;
            } else {
                events++;
            }
        }

        private boolean accept(SelectedEvent event) {
            reachedMillis = Math.max(reachedMillis, event.timeMillis());
            Entity entity = entities.computeIfAbsent(event.entity(), unseen -> new Entity(engine.newState()));
            return engine.accept(entity.state, event, Long.MIN_VALUE, entity);
        }

        @Override
        public void broken(long line, String reason) {
            unused++;
        }

        private Measured measured(String namespace) {
            Weights weights = new Weights(view, namespace, engine);
            long rows = 0;
            long expiryRows = 0;
            for (Map.Entry<String, Entity> each : entities.entrySet()) {
                Entity entity = each.getValue();
                engine.advance(entity.state, reachedMillis, entity);
                rows += entity.rows;
                expiryRows += entity.expiryRows;
                if (!engine.isSpent(entity.state)) {
                    weights.add(entity.state, each.getKey(), entity.asOfMillis, entity.seq, entity.values);
                }
            }
            double of = Math.max(1, events);
            return new Measured(
                    events, unused, entities.size(), weights.count(), weights.average(rows / of, expiryRows / of));
        }
    }
}
