/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.event.SelectedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state of an entity in one engine that of another, whose columns follow those of the first ({@link
 * TileSet#after}). What is kept of columns that stay is taken over as it is, to the bit; what is kept of others alone is
 * left behind; columns that are new begin with nothing.
 */
public final class StateMigration {

    private final WindowEngine from;
    private final WindowEngine to;

    /** Of each chain; empty for one of columns that are new. */
    private final List<Optional<Way>> ways;

    private final Map<Integer, Integer> inputs = new HashMap<>();
    private final Map<Integer, Integer> filters = new HashMap<>();
    private final int inputCount;

    /**
     * A way from one engine to another.
     *
     * @param keptFrom of each column of {@code to} its position in {@code from}; {@link TileSet#ADDED} where it is new
     */
    public StateMigration(WindowEngine from, WindowEngine to, List<Integer> keptFrom) {
        this.from = from;
        this.to = to;
        this.ways = to.chains().stream().map(chain -> way(chain, keptFrom)).toList();
        int most = -1;
        for (int column = 0; column < to.columns().size(); column++) {
            Column.Aggregate aggregate = to.columns().get(column).aggregate();
            for (int input : aggregate.inputs()) {
                most = Math.max(most, input);
            }
            most = Math.max(most, aggregate.selection().category());
            if (keptFrom.get(column) != TileSet.ADDED) {
                mapReads(from.columns().get(keptFrom.get(column)).aggregate(), aggregate);
            }
        }
        this.inputCount = most + 1;
    }

    private void mapReads(Column.Aggregate before, Column.Aggregate now) {
        for (int i = 0; i < now.inputs().size(); i++) {
            inputs.put(now.inputs().get(i), before.inputs().get(i));
        }
        if (now.selection().category() != Column.Selection.NONE) {
            inputs.put(now.selection().category(), before.selection().category());
        }
        if (now.selection().filter() != Column.Selection.NONE) {
            filters.put(now.selection().filter(), before.selection().filter());
        }
    }

    private Optional<Way> way(TileChain chain, List<Integer> keptFrom) {
        int before = TileSet.ADDED;
        int[] aggregates = new int[chain.aggregates.length];
        List<Total> totals = new ArrayList<>();
        for (TileChain.Output output : chain.outputs()) {
            int old = keptFrom.get(output.column());
            if (old != TileSet.ADDED) {
                before = from.chainOf(old);
                TileChain.Output was = from.chains().get(before).output(old);
                aggregates[output.aggregate()] = was.aggregate();
                for (int i = 0; i < output.spans().length; i++) {
                    totals.add(new Total(output.aggregate(), output.spans()[i], was.spans()[i]));
                }
            }
        }
        return before == TileSet.ADDED
                ? Optional.empty()
                : Optional.of(new Way(chain, from.chains().get(before), before, aggregates, totals));
    }

    /** The state in the other engine; shares nothing mutable with the one given, which stays as it is. */
    public EntityState apply(EntityState state) {
        TileRing[] rings = new TileRing[ways.size()];
        long due = Hop.NEVER;
        for (int i = 0; i < rings.length; i++) {
            TileChain chain = to.chains().get(i);
            rings[i] =
                    ways.get(i).map(way -> way.ring(state.rings[way.position])).orElseGet(chain::newRing);
            due = Math.min(due, chain.nextExit(rings[i]));
        }
        EntityState migrated = new EntityState(rings);
        migrated.clockMillis = state.clockMillis;
        migrated.seq = state.seq;
        migrated.dueMillis = due;
        migrated.held = held(state.held);
        return migrated;
    }

    /** What a window adds up to, and where that was. */
    private record Total(int aggregate, int span, int oldSpan) {}

    /**
     * The way of the tiles of one chain.
     *
     * @param chain the chain they come to
     * @param before the chain they come from
     * @param position its position
     * @param aggregates of each aggregate the one that it goes on from
     * @param totals what windows add up to
     */
    private record Way(TileChain chain, TileChain before, int position, int[] aggregates, List<Total> totals) {

        TileRing ring(TileRing old) {
            TileRing ring = chain.newRing();
            int oldEdges = before.layout.edges().size();
            int edges = chain.layout.edges().size();
            int lastRegion = chain.layout.keepsAll() ? edges : edges - 1;
            for (int tile = 0; tile < old.size(); tile++) {
                int region = ChainForm.regionOf(old, tile, oldEdges);
                if (region <= lastRegion) {
                    int place = ring.size();
                    ring.insert(place, old.start(tile));
                    for (int edge = 0; edge < region; edge++) {
                        ring.setLeft(edge, place + 1);
                    }
                    takeTile(ring, place, old, tile, region);
                }
            }
            if (ring.size() > 0) {
                for (Total total : totals) {
                    Aggregate was = before.aggregates[aggregates[total.aggregate]];
                    chain.aggregates[total.aggregate].take(ring, total.span, was, old, total.oldSpan);
                }
            }
            return ring;
        }

        private void takeTile(TileRing ring, int place, TileRing old, int tile, int region) {
            for (int i = 0; i < chain.aggregates.length; i++) {
                if (region <= chain.lastRegion(i)) {
                    Aggregate was = before.aggregates[aggregates[i]];
                    chain.aggregates[i].take(ring, ring.slotOf(place), was, old, old.slotOf(tile));
                }
            }
        }
    }

    /** What a new column would read of an event that waits, nobody kept: to it the value is null and the filter false. */
    private @Nullable HeldEvents held(@Nullable HeldEvents before) {
        if (before == null) {
            return null;
        }
        HeldEvents held = new HeldEvents();
        for (int i = 0; i < before.size(); i++) {
            SelectedEvent event = before.at(i);
            @Nullable Object[] values = new Object[inputCount];
            inputs.forEach((input, was) -> values[input] = event.input(was));
            long passed = 0;
            for (Map.Entry<Integer, Integer> filter : filters.entrySet()) {
                passed |= event.passes(filter.getValue()) ? 1L << filter.getKey() : 0;
            }
            held.add(new SelectedEvent(
                    event.entity(),
                    event.timeMillis(),
                    event.partition(),
                    event.offset(),
                    event.ingestedAtMillis(),
                    passed,
                    values,
                    null));
        }
        return held;
    }
}
