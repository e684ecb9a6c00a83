/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import java.util.List;

/**
 * Windows of one view that share tiles. A tile is cut by the hop of the first edge that it has not passed; once it has
 * passed that edge it becomes part of a tile of the next one's hop.
 *
 * @param edges the ages at which a tile leaves or enters a window, the least first
 * @param keepsAll whether a lifetime window keeps the tiles that have passed all edges, as one
 * @param kept what each tile holds: the columns that are made of each partial state
 * @param longCells cells of 8 bytes of a tile, its start among them
 * @param objectCells references of a tile to partial states that take more
 */
public record SharedTiles(List<Edge> edges, boolean keepsAll, List<List<String>> kept, int longCells, int objectCells) {

    public SharedTiles {
        edges = List.copyOf(edges);
        kept = kept.stream().map(List::copyOf).toList();
    }

    /**
     * An age of tiles. Each tile that passes it gives a row.
     *
     * @param lengthMillis how long after its end a tile passes it, ms
     * @param hopMillis how tiles are cut that have not yet passed it, ms
     */
    public record Edge(long lengthMillis, long hopMillis) {}
}
