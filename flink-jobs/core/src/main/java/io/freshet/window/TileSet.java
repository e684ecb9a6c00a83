/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns of a view that share tiles, and how those are cut. Columns that begin together share as few sets as their windows
 * allow. A column that is added later begins in a set of its own: tiles from before know nothing of it. A column that stays
 * keeps its tiles as they are cut, whatever goes beside it, so that its values stay the same to the bit.
 *
 * @param edges the ages at which a tile leaves or enters a window, the least first; some may be of columns that are gone
 * @param keepsAll whether tiles that have passed all edges are kept, as one
 * @param columns positions of the columns among the windowed ones of the view
 */
public record TileSet(List<SharedTiles.Edge> edges, boolean keepsAll, List<Integer> columns) {

    /** In place of a position: the column was not there. */
    public static final int ADDED = -1;

    public TileSet {
        edges = List.copyOf(edges);
        columns = List.copyOf(columns);
    }

    /** The sets of columns that begin together. */
    public static List<TileSet> of(List<Column.Windowed> columns) {
        return of(columns, IntStream.range(0, columns.size()).boxed().toList());
    }

    private static List<TileSet> of(List<Column.Windowed> columns, List<Integer> positions) {
        List<TileSet> sets = new ArrayList<>();
        for (ChainLayout chain :
                ChainLayout.of(positions.stream().map(columns::get).toList())) {
            sets.add(new TileSet(
                    chain.edges().stream()
                            .map(edge -> new SharedTiles.Edge(
                                    edge.lengthMillis(), edge.hop().millis()))
                            .toList(),
                    chain.keepsAll(),
                    positions.stream()
                            .filter(position ->
                                    chain.holds(columns.get(position).window()))
                            .toList()));
        }
        return sets;
    }

    /**
     * The sets of columns that follow others.
     *
     * @param before the sets of the columns before
     * @param columns the columns now
     * @param keptFrom of each column now the position it had before; {@link #ADDED} where it is new
     */
    public static List<TileSet> after(List<TileSet> before, List<Column.Windowed> columns, List<Integer> keptFrom) {
        List<TileSet> sets = new ArrayList<>();
        for (TileSet set : before) {
            List<Integer> kept = IntStream.range(0, columns.size())
                    .filter(column -> set.columns.contains(keptFrom.get(column)))
                    .boxed()
                    .toList();
            if (!kept.isEmpty()) {
                sets.add(set.with(
                        kept,
                        kept.stream()
                                .map(column -> columns.get(column).window())
                                .toList()));
            }
        }
        List<Integer> added = IntStream.range(0, columns.size())
                .filter(column -> keptFrom.get(column) == ADDED)
                .boxed()
                .toList();
        sets.addAll(of(columns, added));
        return sets;
    }

    /** This set with those columns alone: what none of their windows reaches is cut off. */
    private TileSet with(List<Integer> kept, List<Window> windows) {
        if (windows.stream().anyMatch(Window::isLifetime)) {
            return new TileSet(edges, keepsAll, kept);
        }
        long reach = Collections.max(windows.stream().map(Window::reachMillis).toList());
        long hop = Collections.max(windows.stream()
                .filter(window -> window.reachMillis() == reach)
                .map(Window::hopMillis)
                .toList());
        int last = edges.indexOf(new SharedTiles.Edge(reach, hop));
        return new TileSet(edges.subList(0, last + 1), false, kept);
    }
}
