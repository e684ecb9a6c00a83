/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.event.SelectedEvent;
import io.freshet.function.Finish;
import io.freshet.function.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a {@link ChainLayout}, kept current on the tiles that they share. A tile's region is the number of edges
 * it has passed. Each window has a slot with what its tiles add up to: of exact aggregates all of them, of the others all
 * but the newest, which is merged in when a row is made. What cannot be taken out exactly is folded again from the tiles,
 * always from the oldest to the newest.
 */
final class TileChain {

    /** No window holds the moment any more. */
    static final int GONE = -1;

    private static final int START = 1;

    final ChainLayout layout;
    final Aggregate[] aggregates;

    private final List<List<Aggregates.Shared>> groups;
    private final boolean[] exact;
    private final int[] inexact;
    private final int[] filters;
    private final long[] lengths;
    private final Hop[] hops;
    private final boolean[] usedEdges;
    private final int[] young;
    private final int[] old;

    /** Of each aggregate the spans that use it, and the last region in which a span does. */
    private final int[][] spansOf;

    private final int[] lastRegion;
    private final int fronts;
    private final int stride;
    private final int objectStride;
    private final Output[] outputs;

    /** Its slot is where a window and its newest tile meet. */
    private final TileRing scratch;

    /** Where a value goes: column of the row and its name, its spans (several for a series), aggregate here, and what is made of it. */
    record Output(int column, String name, int[] spans, boolean series, int aggregate, Finish<?> finish) {}

    TileChain(TileSet set, List<Column.Windowed> columns) {
        layout = ChainLayout.of(set, columns);
        lengths = layout.edges().stream()
                .mapToLong(ChainLayout.Edge::lengthMillis)
                .toArray();
        hops = layout.edges().stream().map(ChainLayout.Edge::hop).toArray(Hop[]::new);
        young = layout.spans().stream().mapToInt(ChainLayout.Span::young).toArray();
        old = layout.spans().stream().mapToInt(ChainLayout.Span::old).toArray();
        fronts = Math.max(lengths.length, young.length);
        usedEdges = new boolean[lengths.length];
        for (int edge = 0; edge < usedEdges.length; edge++) {
            usedEdges[edge] = layout.uses(edge);
        }
        Map<Integer, Aggregates.Use> uses = new LinkedHashMap<>();
        for (int column : set.columns()) {
            uses.put(column, Aggregates.use(columns.get(column)));
        }
        groups = Aggregates.groups(
                uses.values().stream().map(Aggregates.Use::shared).distinct().toList());
        outputs = uses.entrySet().stream()
                .map(use -> output(columns.get(use.getKey()), use.getKey(), use.getValue()))
                .toArray(Output[]::new);
        filters = groups.stream().mapToInt(group -> group.get(0).filter()).toArray();
        Placement placement = new Placement(START);
        aggregates = groups.stream()
                .map(group -> Aggregates.create(group, placement))
                .toArray(Aggregate[]::new);
        exact = new boolean[aggregates.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = aggregates[i].isExact();
        }
        inexact = IntStream.range(0, exact.length).filter(i -> !exact[i]).toArray();
        stride = placement.longs();
        objectStride = placement.objects();
        spansOf = new int[aggregates.length][];
        lastRegion = new int[aggregates.length];
        for (int i = 0; i < aggregates.length; i++) {
            int aggregate = i;
            spansOf[i] = Arrays.stream(outputs)
                    .filter(output -> output.aggregate == aggregate)
                    .flatMapToInt(output -> Arrays.stream(output.spans))
                    .distinct()
                    .sorted()
                    .toArray();
            lastRegion[i] =
                    Arrays.stream(spansOf[i]).map(span -> old[span]).max().orElse(0);
        }
        scratch = new TileRing(stride, objectStride, 1, 0);
    }

    private Output output(Column.Windowed column, int position, Aggregates.Use use) {
        int[] spans = layout.spansOf(column.window()).stream()
                .mapToInt(layout.spans()::indexOf)
                .toArray();
        int aggregate = 0;
        while (!groups.get(aggregate).contains(use.shared())) {
            aggregate++;
        }
        return new Output(position, column.name(), spans, column.window().isSeries(), aggregate, use.finish());
    }

    /** A ring without tiles. */
    TileRing newRing() {
        return new TileRing(stride, objectStride, fronts, 1);
    }

    /** How many edges a tile with an event of that time has passed at that clock; {@link #GONE} where no window holds it. */
    int region(long timeMillis, long clockMillis) {
        for (int edge = 0; edge < lengths.length; edge++) {
            if (hops[edge].covers(hops[edge].tileOf(timeMillis), lengths[edge], clockMillis)) {
                return edge;
            }
        }
        return layout.keepsAll() ? lengths.length : GONE;
    }

    /** Start of the tile that holds that moment in that region. */
    private long startIn(int region, long timeMillis) {
        return region == hops.length ? Long.MIN_VALUE : hops[region].tileOf(timeMillis);
    }

    /**
     * Adds an event to its tile and to every window that covers it at that clock; to nothing where none does.
     *
     * @return when its tile next passes an edge; {@link Hop#NEVER} if the tile was there before or never does
     */
    long add(TileRing ring, SelectedEvent event, long clockMillis) {
        int region = region(event.timeMillis(), clockMillis);
        if (region == GONE) {
            return Hop.NEVER;
        }
        long start = startIn(region, event.timeMillis());
        int first = region == hops.length ? 0 : ring.left(region);
        int end = region == 0 ? ring.size() : ring.left(region - 1);
        int position = ring.find(start, first, end);
        long due = Hop.NEVER;
        if (position < 0) {
            position = -(position + 1);
            open(ring, position, start, region);
            due = region == hops.length ? Hop.NEVER : hops[region].exitOf(start, lengths[region]);
        }
        for (int i = 0; i < aggregates.length; i++) {
            if (filters[i] == Column.Selection.NONE || event.passes(filters[i])) {
                Object value = aggregates[i].value(event);
                if (value != null && region <= lastRegion[i]) {
                    add(ring, position, region, i, value, event);
                }
            }
        }
        return due;
    }

    private void add(TileRing ring, int position, int region, int index, Object value, SelectedEvent event) {
        Aggregate aggregate = aggregates[index];
        aggregate.add(ring, ring.slotOf(position), value, event);
        boolean newest = position == ring.size() - 1;
        for (int span : spansOf[index]) {
            if (young[span] < region && region <= old[span]) {
                if (exact[index]) {
                    aggregate.add(ring, span, value, event);
                } else if (!newest || young[span] != ChainLayout.HEAD) {
                    fold(ring, span, index);
                }
            }
        }
    }

    /** Makes an empty tile. */
    private void open(TileRing ring, int position, long start, int region) {
        if (position == ring.size() && position > 0) {
            close(ring, position - 1);
        }
        ring.insert(position, start);
        for (int edge = 0; edge < region; edge++) {
            ring.setLeft(edge, ring.left(edge) + 1);
        }
    }

    /** Merges the tile that stops being the newest into the windows up to now that still cover it. */
    private void close(TileRing ring, int position) {
        for (int i : inexact) {
            for (int span : spansOf[i]) {
                if (young[span] == ChainLayout.HEAD && position >= oldest(ring, span)) {
                    aggregates[i].merge(ring, span, ring, ring.slotOf(position));
                }
            }
        }
    }

    /** Position of the oldest tile of a window. */
    private int oldest(TileRing ring, int span) {
        return old[span] == lengths.length ? 0 : ring.left(old[span]);
    }

    /** When the next tile passes an edge; {@link Hop#NEVER} for none. */
    long nextExit(TileRing ring) {
        long next = Hop.NEVER;
        int end = ring.size();
        for (int edge = 0; edge < lengths.length; edge++) {
            int oldest = ring.left(edge);
            if (oldest < end) {
                next = Math.min(next, hops[edge].exitOf(ring.start(oldest), lengths[edge]));
            }
            end = oldest;
        }
        return next;
    }

    /**
     * Lets the tiles pass each edge that they pass at exactly that moment.
     *
     * @return whether one of them is an end of a window
     */
    boolean expire(TileRing ring, long dueMillis) {
        boolean isSeen = false;
        for (int edge = 0; edge < lengths.length; edge++) {
            int oldest = ring.left(edge);
            int end = edge == 0 ? ring.size() : ring.left(edge - 1);
            if (oldest < end && hops[edge].exitOf(ring.start(oldest), lengths[edge]) == dueMillis) {
                pass(ring, edge, oldest);
                isSeen |= usedEdges[edge];
            }
        }
        int last = lengths.length - 1;
        if (last >= 0 && !layout.keepsAll() && ring.left(last) > 0) {
            int unused = ring.left(last);
            for (int edge = 0; edge < lengths.length; edge++) {
                ring.setLeft(edge, ring.left(edge) - unused);
            }
            ring.drop(unused);
        }
        return isSeen;
    }

    private void pass(TileRing ring, int edge, int position) {
        ring.setLeft(edge, position + 1);
        int tile = ring.slotOf(position);
        boolean newest = position == ring.size() - 1;
        for (int i = 0; i < aggregates.length; i++) {
            Aggregate aggregate = aggregates[i];
            for (int span : spansOf[i]) {
                if (young[span] == edge) {
                    aggregate.merge(ring, span, ring, tile);
                } else if (old[span] == edge) {
                    boolean held = exact[i] || !newest || young[span] != ChainLayout.HEAD;
                    if (held && !aggregate.evict(ring, span, ring, tile)) {
                        fold(ring, span, i);
                    }
                }
            }
            if (lastRegion[i] == edge) {
                aggregate.clear(ring, tile);
            }
        }
        if (edge + 1 < lengths.length || layout.keepsAll()) {
            coarsen(ring, position, edge + 1);
        }
    }

    /** Cuts a tile by the hop of the region that it has come to: it becomes part of the tile that is there, if one is. */
    private void coarsen(TileRing ring, int position, int region) {
        long start = startIn(region, ring.start(position));
        if (position == 0 || ring.start(position - 1) != start) {
            ring.setStart(position, start);
            return;
        }
        boolean newest = position == ring.size() - 1;
        for (int i = 0; i < aggregates.length; i++) {
            if (lastRegion[i] >= region) {
                aggregates[i].merge(ring, ring.slotOf(position - 1), ring, ring.slotOf(position));
            }
        }
        ring.remove(position);
        for (int edge = 0; edge < region; edge++) {
            ring.setLeft(edge, ring.left(edge) - 1);
        }
        if (newest) {
            // The tile before was part of what windows hold; as the newest it is not.
            for (int i : inexact) {
                for (int span : spansOf[i]) {
                    if (young[span] == ChainLayout.HEAD) {
                        fold(ring, span, i);
                    }
                }
            }
        }
    }

    /** Adds up the tiles of a window again. */
    void fold(TileRing ring, int span, int index) {
        Aggregate aggregate = aggregates[index];
        aggregate.clear(ring, span);
        int end = ring.size() - (exact[index] ? 0 : 1);
        if (young[span] != ChainLayout.HEAD) {
            end = ring.left(young[span]);
        }
        for (int position = oldest(ring, span); position < end; position++) {
            aggregate.merge(ring, span, ring, ring.slotOf(position));
        }
    }

    /** Puts the values of all columns over these windows into the row. */
    void results(TileRing ring, @Nullable Object[] values, Reading at) {
        for (Output output : outputs) {
            if (!output.series) {
                values[output.column] = value(ring, output.spans[0], output, at);
            } else {
                List<@Nullable Object> list = new ArrayList<>(output.spans.length);
                for (int span : output.spans) {
                    list.add(value(ring, span, output, at));
                }
                values[output.column] = Collections.unmodifiableList(list);
            }
        }
    }

    private @Nullable Object value(TileRing ring, int span, Output output, Reading at) {
        Aggregate aggregate = aggregates[output.aggregate];
        int newest = ring.size() - 1;
        if (exact[output.aggregate] || young[span] != ChainLayout.HEAD || newest < oldest(ring, span)) {
            return aggregate.result(ring, span, output.finish, at);
        }
        aggregate.clear(scratch, 0);
        aggregate.merge(scratch, 0, ring, span);
        aggregate.merge(scratch, 0, ring, ring.slotOf(newest));
        return aggregate.result(scratch, 0, output.finish, at);
    }

    /** A copy that shares nothing mutable. */
    TileRing copy(TileRing ring) {
        TileRing copy = ring.copy();
        if (objectStride > 0) {
            for (int i = 0; i < aggregates.length; i++) {
                for (int span : spansOf[i]) {
                    aggregates[i].unshare(copy, span);
                }
                for (int position = 0; position < copy.size(); position++) {
                    aggregates[i].unshare(copy, copy.slotOf(position));
                }
            }
        }
        return copy;
    }

    /** Where the values of its columns come from. */
    List<Output> outputs() {
        return List.of(outputs);
    }

    /** Where the values of that column come from. */
    Output output(int column) {
        return Arrays.stream(outputs)
                .filter(output -> output.column == column)
                .findFirst()
                .orElseThrow();
    }

    /** The spans that use an aggregate. */
    int[] spansOf(int aggregate) {
        return spansOf[aggregate];
    }

    /** The last region in which an aggregate is kept. */
    int lastRegion(int aggregate) {
        return lastRegion[aggregate];
    }

    /** What its windows share. */
    SharedTiles sharedTiles() {
        List<List<String>> kept = new ArrayList<>();
        for (int i = 0; i < aggregates.length; i++) {
            int aggregate = i;
            kept.add(Arrays.stream(outputs)
                    .filter(output -> output.aggregate == aggregate)
                    .map(Output::name)
                    .toList());
        }
        return new SharedTiles(
                layout.edges().stream()
                        .map(edge -> new SharedTiles.Edge(
                                edge.lengthMillis(), edge.hop().millis()))
                        .toList(),
                layout.keepsAll(),
                kept,
                stride,
                objectStride);
    }

    /** What is kept, in words. */
    String describe() {
        return layout + ": " + groups;
    }
}
