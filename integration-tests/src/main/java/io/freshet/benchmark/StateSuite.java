/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.benchmark;

import io.freshet.definition.Emit;
import io.freshet.definition.ViewPlan;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import io.freshet.window.EntityState;
import io.freshet.window.WindowEngine;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes of state per entity: how much the used heap grows with each, and how long its stored form is. The states are those
 * of the real engine, each fed the events of the entity's last day. What Flink adds per entity (its table, the key) is left
 * out.
 */
final class StateSuite {

    private static final long DAY_MILLIS = 86_400_000L;
    private static final int[] WINDOWS = {4, 32};
    private static final int COLLECTIONS = 3;

    private final int entities;

    /** Events of one entity in its last day: the tiles of a dense one are full, most of those of a sparse one are absent. */
    private enum History {
        DENSE(5_000),
        SPARSE(20);

        private final int events;

        History(int events) {
            this.events = events;
        }
    }

    private StateSuite(int entities) {
        this.entities = entities;
    }

    static List<Result> run(Options options) {
        List<Result> results = new ArrayList<>();
        for (History history : History.values()) {
            // Time to feed a dense history counts, its weight does not depend on the number of entities.
            int entities = history == History.DENSE ? Math.max(1, options.entities() / 10) : options.entities();
            for (int windows : WINDOWS) {
                results.add(new StateSuite(entities).weigh(history, windows, options.rounds()));
            }
        }
        return results;
    }

    private Result weigh(History history, int windows, int rounds) {
        Workload workload = Workload.base(history.events).withWindows(windows);
        Map<String, Object> parameters = new TreeMap<>(Map.of(
                "windows",
                workload.windows(),
                "functions",
                workload.functions(),
                "entities",
                entities,
                "events_per_entity_and_day",
                history.events));
        String name = windows + " windows, " + history.events + " events per entity and day";
        Result result = new Result(Suite.STATE.label(), "state: bytes per entity", name, parameters);
        for (int round = 0; round <= rounds; round++) {
            Map<Figure, Double> figures = weighOnce(workload.view().plan(), history.events);
            Progress.show(result, round, rounds, figures);
            if (round > 0) {
                result.add(figures);
            }
        }
        return result;
    }

    private Map<Figure, Double> weighOnce(ViewPlan plan, int events) {
        WindowEngine engine = new WindowEngine(plan.windowed(), Emit.ON_EVENT, ViewMetrics.NONE);
        EventValues values = new EventValues(plan);
        EntityState[] states = new EntityState[entities];
        long before = usedBytes();
        for (int i = 0; i < entities; i++) {
            states[i] = engine.newState();
            feed(engine, states[i], values, i, events);
        }
        double heap = usedBytes() - before;
        return Map.of(
                Figure.HEAP_BYTES_PER_ENTITY, heap / entities,
                Figure.STORED_BYTES_PER_ENTITY, storedBytes(engine, states) / (double) entities);
    }

    /** Events at steady intervals, each entity at a phase of its own. */
    private static void feed(WindowEngine engine, EntityState state, EventValues values, int entity, int events) {
        long interval = DAY_MILLIS / events;
        long phase = Math.floorMod(entity * 0x9E3779B97F4A7C15L >>> 16, interval);
        for (int i = 0; i < events; i++) {
            long time = EventStream.START_MILLIS + phase + i * interval;
            long number = (long) entity * events + i;
            SelectedEvent event = new SelectedEvent("entity", time, 0, number, time, 0, values.of(number), null);
            engine.accept(state, event, Long.MIN_VALUE, (asOf, seq, row, cause) -> {});
        }
    }

    private static long storedBytes(WindowEngine engine, EntityState[] states) {
        try (DataOutputStream out = new DataOutputStream(OutputStream.nullOutputStream())) {
            long bytes = 0;
            for (EntityState state : states) {
                int before = out.size();
                engine.codec().write(state, out);
                bytes += out.size() - before;
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a state to nowhere", e);
        }
    }

    private static long usedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
