/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.window;

import io.freshet.definition.Column;
import io.freshet.definition.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which windows share tiles, and where a tile changes hands. A tile is cut by the hop of the shortest window that still
 * holds it. Once it has left that window it is merged with its neighbours into a tile of the next window's hop, and so on:
 * so a window of 90 days beside one of a minute keeps seconds for a minute only. That needs hops that divide each other, in
 * order of the windows' lengths; windows for which that does not hold go into another chain.
 *
 * @param edges the ages at which a tile leaves or enters a window, the least first; each hop is a multiple of the one before
 * @param spans the windows, as the edges between which their tiles are
 * @param keepsAll whether a lifetime window keeps the tiles that have passed all edges, as one
 */
record ChainLayout(List<Edge> edges, List<Span> spans, boolean keepsAll) {

    /** In place of the position of an edge: the window ends at the entity's clock. */
    static final int HEAD = -1;

    private static final Comparator<Window> BY_REACH =
            Comparator.comparingLong(Window::reachMillis).thenComparingLong(Window::hopMillis);

    ChainLayout {
        edges = List.copyOf(edges);
        spans = List.copyOf(spans);
    }

    /**
     * An age of tiles.
     *
     * @param lengthMillis how long after its end a tile passes it, in ms
     * @param hop how tiles are cut that have not yet passed it
     */
    record Edge(long lengthMillis, Hop hop) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge other) {
            return Comparator.comparingLong(Edge::lengthMillis)
                    .thenComparingLong(edge -> edge.hop.millis())
                    .compare(this, other);
        }
    }

    /**
     * A window, or one of a series: the tiles that have passed one edge and not the other.
     *
     * @param young position of the edge that they have passed; {@link #HEAD} for none
     * @param old position of the edge that they have not passed; the number of edges for a lifetime
     */
    record Span(int young, int old) {}

    /** As few chains as it takes for the windows of these columns. */
    static List<ChainLayout> of(List<Column.Windowed> columns) {
        List<List<Window>> chains = new ArrayList<>();
        columns.stream()
                .map(Column.Windowed::window)
                .distinct()
                .sorted(BY_REACH)
                .forEach(window -> {
                    Optional<List<Window>> fitting = chains.stream()
                            .filter(chain -> window.isLifetime() || nests(with(chain, window)))
                            .findFirst();
                    if (fitting.isPresent()) {
                        fitting.get().add(window);
                    } else {
                        chains.add(new ArrayList<>(List.of(window)));
                    }
                });
        return chains.stream().map(ChainLayout::chain).toList();
    }

    private static List<Window> with(List<Window> chain, Window window) {
        List<Window> all = new ArrayList<>(chain);
        all.add(window);
        return all;
    }

    private static boolean nests(List<Window> windows) {
        long hop = 1;
        for (Edge edge : edgesOf(windows)) {
            if (edge.hop.millis() % hop != 0) {
                return false;
            }
            hop = edge.hop.millis();
        }
        return true;
    }

    private static TreeSet<Edge> edgesOf(List<Window> windows) {
        TreeSet<Edge> edges = new TreeSet<>();
        windows.stream().filter(window -> !window.isLifetime()).forEach(window -> edges.addAll(edgesOf(window)));
        return edges;
    }

    /** The edges of a window's spans, the least first; an offset of 0 is none. */
    private static List<Edge> edgesOf(Window window) {
        Hop hop = new Hop(window.hopMillis());
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i <= window.count(); i++) {
            long age = window.offsetMillis() + i * window.lengthMillis();
            if (age > 0) {
                edges.add(new Edge(age, hop));
            }
        }
        return edges;
    }

    private static ChainLayout chain(List<Window> windows) {
        return chain(windows, List.copyOf(edgesOf(windows)), windows.stream().anyMatch(Window::isLifetime));
    }

    private static ChainLayout chain(List<Window> windows, List<Edge> edges, boolean keepsAll) {
        List<Span> spans = windows.stream()
                .flatMap(window -> spansOf(window, edges).stream())
                .distinct()
                .toList();
        return new ChainLayout(edges, spans, keepsAll);
    }

    /** The chain of a set of columns. */
    static ChainLayout of(TileSet set, List<Column.Windowed> columns) {
        List<Window> windows = set.columns().stream()
                .map(column -> columns.get(column).window())
                .distinct()
                .sorted(BY_REACH)
                .toList();
        List<Edge> edges = set.edges().stream()
                .map(edge -> new Edge(edge.lengthMillis(), new Hop(edge.hopMillis())))
                .toList();
        return chain(windows, edges, set.keepsAll());
    }

    /** Whether values change when a tile passes that edge: it is an end of a window. */
    boolean uses(int edge) {
        return spans.stream().anyMatch(span -> span.young == edge || span.old == edge);
    }

    /** The spans of a window, the oldest first. */
    List<Span> spansOf(Window window) {
        return spansOf(window, edges);
    }

    private static List<Span> spansOf(Window window, List<Edge> edges) {
        if (window.isLifetime()) {
            return List.of(new Span(HEAD, edges.size()));
        }
        List<Edge> own = edgesOf(window);
        List<Span> spans = new ArrayList<>();
        for (int i = own.size() - 1; i > 0; i--) {
            spans.add(new Span(edges.indexOf(own.get(i - 1)), edges.indexOf(own.get(i))));
        }
        if (window.offsetMillis() == 0) {
            spans.add(new Span(HEAD, edges.indexOf(own.get(0))));
        }
        return spans;
    }

    /** Whether that window is one of this chain. */
    boolean holds(Window window) {
        return window.isLifetime()
                ? keepsAll
                : edges.containsAll(edgesOf(window)) && spans.containsAll(spansOf(window));
    }

    /** What is kept, in words. */
    @Override
    public String toString() {
        List<String> texts = new ArrayList<>();
        for (Span span : spans) {
            String from = span.young == HEAD ? "" : edges.get(span.young).lengthMillis + "..";
            texts.add(span.old == edges.size() ? from + "lifetime" : from + text(edges.get(span.old)));
        }
        boolean usesAll = IntStream.range(0, edges.size()).allMatch(this::uses);
        return usesAll
                ? texts.toString()
                : texts + " of " + edges.stream().map(ChainLayout::text).toList();
    }

    private static String text(Edge edge) {
        return edge.lengthMillis + "/" + edge.hop.millis();
    }
}
