/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.function.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The stored form of a chain's ring: number of tiles, their starts and cells; then of each window what it adds up to,
 * where that takes little room, or where adding it up again might differ in the last bit.
 */
final class ChainForm {

    private final TileChain chain;
    private final List<ChainLayout.Edge> edges;

    ChainForm(TileChain chain) {
        this.chain = chain;
        this.edges = chain.layout.edges();
    }

    /** Writes a ring. */
    void write(TileRing ring, DataOutput out) throws IOException {
        int size = ring.size();
        boolean everlasting = size > 0 && regionOf(ring, 0) == edges.size();
        Varint.write(size * 2L + (everlasting ? 1 : 0), out);
        long previous = 0;
        int region = edges.size();
        for (int position = 0; position < size; position++) {
            while (region > 0 && position >= ring.left(region - 1)) {
                region--;
            }
            if (position > 0 || !everlasting) {
                long index = finest().indexOf(ring.start(position));
                Varint.writeSigned(index - previous, out);
                previous = index;
            }
            for (int i = 0; i < chain.aggregates.length; i++) {
                if (region <= chain.lastRegion(i)) {
                    chain.aggregates[i].write(ring, ring.slotOf(position), out);
                }
            }
        }
        if (size == 0) {
            return;
        }
        for (int i = 0; i < chain.aggregates.length; i++) {
            if (isStored(i)) {
                for (int span : chain.spansOf(i)) {
                    chain.aggregates[i].write(ring, span, out);
                }
            }
        }
    }

    /** Reads the ring of an entity with that clock. */
    TileRing read(long clockMillis, DataInput in) throws IOException {
        TileRing ring = chain.newRing();
        int header = Varint.readCount(in);
        int size = header >>> 1;
        boolean everlasting = (header & 1) != 0;
        long previous = 0;
        for (int position = 0; position < size; position++) {
            long start = Long.MIN_VALUE;
            if (position > 0 || !everlasting) {
                long step = Varint.readSigned(in);
                if (step < 1 && position > (everlasting ? 1 : 0)) {
                    throw new IOException(
                            "Cannot read the tiles of an entity: a step of " + step + " hops, expected 1 or more");
                }
                previous += step;
                start = finest().startOf(previous);
            }
            int region = everlasting && position == 0 ? edges.size() : region(start, clockMillis);
            ring.insert(position, start);
            for (int edge = 0; edge < region; edge++) {
                ring.setLeft(edge, position + 1);
            }
            for (int i = 0; i < chain.aggregates.length; i++) {
                if (region <= chain.lastRegion(i)) {
                    chain.aggregates[i].read(ring, ring.slotOf(position), in);
                }
            }
        }
        for (int i = 0; size > 0 && i < chain.aggregates.length; i++) {
            for (int span : chain.spansOf(i)) {
                if (isStored(i)) {
                    chain.aggregates[i].read(ring, span, in);
                } else {
                    chain.fold(ring, span, i);
                }
            }
        }
        return ring;
    }

    private boolean isStored(int aggregate) {
        return !chain.aggregates[aggregate].isExact() || chain.aggregates[aggregate].isPlain();
    }

    private Hop finest() {
        return edges.isEmpty() ? new Hop(1) : edges.get(0).hop();
    }

    /** How many edges a tile has passed. */
    static int regionOf(TileRing ring, int position, int edges) {
        int region = 0;
        while (region < edges && position < ring.left(region)) {
            region++;
        }
        return region;
    }

    private int regionOf(TileRing ring, int position) {
        return regionOf(ring, position, edges.size());
    }

    private int region(long start, long clockMillis) throws IOException {
        int region = chain.region(start, clockMillis);
        if (region == TileChain.GONE) {
            throw new IOException("Cannot read the tiles of an entity: one of " + start
                    + " ms that no window holds at its clock of " + clockMillis + " ms");
        }
        return region;
    }
}
