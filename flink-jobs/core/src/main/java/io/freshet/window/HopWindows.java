/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import io.freshet.event.SelectedEvent;
import io.freshet.metrics.ViewMetrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All windows of a view that share one hop, and so share tiles. Keeps each window's slot current: exact aggregates hold
 * the sum of all covered tiles there, the others the sum of all but the newest, which is merged in when a row is made.
 * What cannot be taken out exactly is folded again from the tiles, always from the oldest to the newest.
 */
final class HopWindows {

    private static final int START = 1;
    private static final int LAST_STALE_BIT = 63;

    private final Hop hop;
    private final long[] lengths;
    private final Aggregate[] aggregates;
    private final Column.Aggregate[] described;
    private final Output[] outputs;
    private final int stride;
    private final int objectStride;

    /** Its first slot is where a window and its newest tile meet. */
    private final TileRing scratch;

    /** Where a value goes: column of the row, window and aggregate here. */
    private record Output(int column, int window, int aggregate) {}

    /**
     * The windows of these columns that have that hop.
     *
     * @param hop the hop
     * @param columns all windowed columns of the view
     * @param metrics told of overflows
     */
    HopWindows(Hop hop, List<Column.Windowed> columns, ViewMetrics metrics) {
        this.hop = hop;
        // The longest comes first: what it has left, nobody needs.
        lengths = columns.stream()
                .map(Column.Windowed::window)
                .filter(each -> each.hopMillis() == hop.millis())
                .map(Window::lengthMillis)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .mapToLong(Long::longValue)
                .toArray();
        described = columns.stream()
                .filter(column -> column.window().hopMillis() == hop.millis())
                .map(Column.Windowed::aggregate)
                .distinct()
                .toArray(Column.Aggregate[]::new);
        Placement placement = new Placement(START);
        aggregates = new Aggregate[described.length];
        for (int i = 0; i < described.length; i++) {
            aggregates[i] = Aggregates.create(described[i], placement, metrics);
        }
        stride = placement.longs();
        objectStride = placement.objects();
        scratch = newRing();
        outputs = outputs(columns);
    }

    private Output[] outputs(List<Column.Windowed> columns) {
        List<Output> found = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            Window of = columns.get(column).window();
            if (of.hopMillis() == hop.millis()) {
                int position = List.of(described).indexOf(columns.get(column).aggregate());
                for (int each = 0; each < lengths.length; each++) {
                    if (lengths[each] == of.lengthMillis()) {
                        found.add(new Output(column, each, position));
                    }
                }
            }
        }
        return found.toArray(Output[]::new);
    }

    /** A ring without tiles. */
    TileRing newRing() {
        return new TileRing(stride, objectStride, lengths.length);
    }

    /** Whether any window here that ends at that clock covers that moment. */
    boolean covers(long timeMillis, long clockMillis) {
        return hop.covers(hop.tileOf(timeMillis), lengths[0], clockMillis);
    }

    /** Position of the tile that holds that moment, or where it would have to stand as {@code -(position + 1)}. */
    int locate(TileRing ring, long timeMillis) {
        return ring.find(hop.tileOf(timeMillis));
    }

    /**
     * Adds an event to its tile and to every window that covers it at that clock; to nothing where none does.
     *
     * @param located what {@link #locate} says of the event's time
     * @return when the tile first leaves a window; {@link Hop#NEVER} if the tile was there before or never leaves
     */
    long add(TileRing ring, int located, SelectedEvent event, long clockMillis) {
        int position = located;
        long due = Hop.NEVER;
        if (located < 0) {
            long start = hop.tileOf(event.timeMillis());
            if (!hop.covers(start, lengths[0], clockMillis)) {
                return Hop.NEVER;
            }
            position = -(located + 1);
            due = open(ring, position, start, clockMillis);
        }
        boolean newest = position == ring.size() - 1;
        for (int i = 0; i < aggregates.length; i++) {
            Object value = input(described[i], event);
            if (value != null) {
                add(ring, position, newest, i, value, event);
            }
        }
        return due;
    }

    private void add(TileRing ring, int position, boolean newest, int index, Object value, SelectedEvent event) {
        Aggregate aggregate = aggregates[index];
        aggregate.add(ring, ring.slotOf(position), value, event);
        for (int each = 0; each < lengths.length; each++) {
            if (position >= ring.left(each)) {
                if (aggregate.isExact()) {
                    aggregate.add(ring, each, value, event);
                } else if (!newest) {
                    ring.stale |= staleBit(each, index);
                }
            }
        }
    }

    private static @Nullable Object input(Column.Aggregate aggregate, SelectedEvent event) {
        if (aggregate.filter() != Column.Aggregate.NO_FILTER && !event.passes(aggregate.filter())) {
            return null;
        }
        return aggregate.input() == Column.Aggregate.ALL_EVENTS ? event : event.input(aggregate.input());
    }

    /** Makes an empty tile; returns when it first leaves a window. */
    private long open(TileRing ring, int position, long start, long clockMillis) {
        if (position == ring.size() && position > 0) {
            close(ring, position - 1);
        }
        ring.insert(position, start);
        long due = Hop.NEVER;
        for (int each = 0; each < lengths.length; each++) {
            if (hop.covers(start, lengths[each], clockMillis)) {
                due = Math.min(due, hop.exitOf(start, lengths[each]));
            } else {
                ring.setLeft(each, ring.left(each) + 1);
            }
        }
        return due;
    }

    /** Merges the tile that stops being the newest into the windows that still cover it. */
    private void close(TileRing ring, int position) {
        for (Aggregate aggregate : aggregates) {
            if (!aggregate.isExact()) {
                for (int each = 0; each < lengths.length; each++) {
                    if (position >= ring.left(each)) {
                        aggregate.merge(ring, each, ring, ring.slotOf(position));
                    }
                }
            }
        }
    }

    /** When the next tile leaves a window; {@link Hop#NEVER} for none. */
    long nextExit(TileRing ring) {
        long next = Hop.NEVER;
        for (int each = 0; each < lengths.length; each++) {
            int oldest = ring.left(each);
            if (oldest < ring.size()) {
                next = Math.min(next, hop.exitOf(ring.start(oldest), lengths[each]));
            }
        }
        return next;
    }

    /** Takes out of each window the tile that leaves it at exactly that moment. */
    void expire(TileRing ring, long dueMillis) {
        for (int each = 0; each < lengths.length; each++) {
            int oldest = ring.left(each);
            if (oldest < ring.size() && hop.exitOf(ring.start(oldest), lengths[each]) == dueMillis) {
                evict(ring, each, oldest);
                ring.setLeft(each, oldest + 1);
            }
        }
        int unused = ring.left(0);
        if (unused > 0) {
            for (int each = 0; each < lengths.length; each++) {
                ring.setLeft(each, ring.left(each) - unused);
            }
            ring.drop(unused);
        }
    }

    private void evict(TileRing ring, int each, int oldest) {
        boolean newest = oldest == ring.size() - 1;
        for (int i = 0; i < aggregates.length; i++) {
            long bit = staleBit(each, i);
            if ((ring.stale & bit) == 0 && (aggregates[i].isExact() || !newest)) {
                if (!aggregates[i].evict(ring, each, ring.slotOf(oldest))) {
                    ring.stale |= bit;
                }
            }
        }
    }

    /** Puts the values of all columns over these windows into the row. */
    void results(TileRing ring, @Nullable Object[] values) {
        if (ring.stale != 0) {
            refold(ring);
        }
        int newest = ring.size() - 1;
        for (Output output : outputs) {
            Aggregate aggregate = aggregates[output.aggregate];
            if (aggregate.isExact() || newest < ring.left(output.window)) {
                values[output.column] = aggregate.result(ring, output.window);
            } else {
                aggregate.copyLongs(scratch, 0, ring, output.window);
                aggregate.merge(scratch, 0, ring, ring.slotOf(newest));
                values[output.column] = aggregate.result(scratch, 0);
            }
        }
    }

    private void refold(TileRing ring) {
        for (int each = 0; each < lengths.length; each++) {
            for (int i = 0; i < aggregates.length; i++) {
                if ((ring.stale & staleBit(each, i)) != 0) {
                    Aggregate aggregate = aggregates[i];
                    aggregate.clear(ring, each);
                    int end = aggregate.isExact() ? ring.size() : ring.size() - 1;
                    for (int position = ring.left(each); position < end; position++) {
                        aggregate.merge(ring, each, ring, ring.slotOf(position));
                    }
                }
            }
        }
        ring.stale = 0;
    }

    /** Writes the tiles. */
    void write(TileRing ring, DataOutput out) throws IOException {
        Varint.write(ring.size(), out);
        long previous = 0;
        for (int position = 0; position < ring.size(); position++) {
            long index = hop.indexOf(ring.start(position));
            Varint.writeSigned(index - previous, out);
            previous = index;
            for (Aggregate aggregate : aggregates) {
                aggregate.write(ring, ring.slotOf(position), out);
            }
        }
    }

    /** Reads the tiles of an entity with that clock. */
    TileRing read(long clockMillis, DataInput in) throws IOException {
        TileRing ring = newRing();
        int size = Varint.readCount(in);
        long index = 0;
        for (int position = 0; position < size; position++) {
            long step = Varint.readSigned(in);
            if (position > 0 && step < 1) {
                throw new IOException(
                        "Cannot read the tiles of an entity: a step of " + step + " hops, expected 1 or more");
            }
            index += step;
            long start = hop.startOf(index);
            ring.insert(position, start);
            for (int each = 0; each < lengths.length; each++) {
                if (!hop.covers(start, lengths[each], clockMillis)) {
                    ring.setLeft(each, position + 1);
                }
            }
            for (Aggregate aggregate : aggregates) {
                aggregate.read(ring, ring.slotOf(position), in);
            }
        }
        ring.stale = -1;
        return ring;
    }

    /** A copy that shares nothing mutable. */
    TileRing copy(TileRing ring) {
        TileRing copy = ring.copy();
        if (objectStride > 0) {
            for (Aggregate aggregate : aggregates) {
                for (int each = 0; each < lengths.length; each++) {
                    aggregate.unshare(copy, each);
                }
                for (int position = 0; position < copy.size(); position++) {
                    aggregate.unshare(copy, copy.slotOf(position));
                }
            }
        }
        return copy;
    }

    /** What is kept, in words. */
    String layout() {
        return "hop " + hop.millis() + " for " + Arrays.toString(lengths) + ": " + Arrays.toString(described);
    }

    /** All beyond the last bit share it, and are folded again together. */
    private long staleBit(int each, int aggregate) {
        return 1L << Math.min(each * aggregates.length + aggregate, LAST_STALE_BIT);
    }
}
