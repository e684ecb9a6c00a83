/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.explain;

import io.freshet.definition.Column;
import io.freshet.definition.FeatureView;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.Window;
import io.freshet.expression.Durations;
import io.freshet.function.Functions;
import io.freshet.window.SharedTiles;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** An {@link Explanation} for people. */
public final class ExplainText {

    private static final int LABEL = 32;
    private static final int CELL = 16;
    private static final int LONGEST_STATE = 50;

    private final Explanation of;
    private final PrintWriter out;

    private ExplainText(Explanation of, PrintWriter out) {
        this.of = of;
        this.out = out;
    }

    /** Prints it. */
    public static void print(Explanation of, PrintWriter out) {
        new ExplainText(of, out).print();
    }

    private void print() {
        FeatureView view = of.plan().view();
        out.println(view.name() + "  version " + view.version());
        out.println("  events  "
                + String.join(
                        ", ",
                        view.sources().stream().map(FeatureView.Source::topic).toList()));
        out.println("  entity  "
                + String.join(
                        ", ",
                        of.plan().entity().stream().map(ViewPlan.Field::name).toList()));
        out.println("  rows    on each event"
                + (view.coalesce().isPresent() ? " (fewer where events of an entity coalesce)" : "")
                + ", and when a tile leaves a window");
        columns();
        tiles();
        formulas();
        costs();
        of.measured().ifPresent(this::measured);
    }

    private void columns() {
        int width = of.plan().columns().stream()
                .mapToInt(column -> column.name().length())
                .max()
                .orElse(0);
        String row = "  %-" + Math.max(width, 6) + "s  %-16s %-14s %-9s %-22s %s%n";
        out.println();
        out.printf(row, "COLUMN", "TYPE", "WINDOW", "HOP", "FUNCTION", "STATE PER TILE");
        for (Column column : of.plan().columns()) {
            if (column instanceof Column.Windowed windowed) {
                String function = windowed.aggregate().function();
                String state = Functions.all()
                        .find(function)
                        .map(found -> brief(found.description().state()))
                        .orElse("");
                out.printf(
                        row,
                        column.name(),
                        column.type(),
                        column.window().label(),
                        hop(column.window()),
                        function,
                        state);
            } else {
                out.printf(row, column.name(), column.type(), column.window().label(), "", "derived", "none");
            }
        }
    }

    /** What a function says of its state, cut where it is long: 'freshet functions' tells all of it. */
    private static String brief(String state) {
        return state.length() <= LONGEST_STATE ? state : state.substring(0, LONGEST_STATE - 3) + "...";
    }

    private static String hop(Window window) {
        return window.isLifetime() ? "none" : Durations.format(window.hopMillis());
    }

    private void tiles() {
        out.println();
        out.println("Tiles"
                + (of.chains().size() == 1
                        ? ""
                        : ", in " + of.chains().size() + " chains, as their hops do not divide each other"));
        for (SharedTiles chain : of.chains()) {
            String edges = chain.edges().stream()
                    .map(edge -> "of " + Durations.format(edge.hopMillis()) + " up to an age of "
                            + Durations.format(edge.lengthMillis()))
                    .collect(Collectors.joining(", then "));
            String lifetime = chain.keepsAll() ? (edges.isEmpty() ? "" : ", then ") + "one for all time" : "";
            out.println("  " + edges + lifetime);
            out.println("  each " + chain.longCells() * Long.BYTES + " bytes"
                    + (chain.objectCells() == 0 ? "" : " and " + chain.objectCells() + " references") + ", for");
            chain.kept().forEach(columns -> out.println("    " + String.join(" + ", columns)));
        }
    }

    private void formulas() {
        if (of.formulas().isEmpty()) {
            return;
        }
        out.println();
        out.println("Expressions");
        for (Explanation.Formula formula : of.formulas()) {
            out.printf(
                    "  %-11s  %s: %s%n",
                    formula.compiled() ? "compiled" : "interpreted",
                    formula.of(),
                    formula.text().replaceAll("\\s+", " "));
        }
    }

    private void costs() {
        out.println();
        StringBuilder head = new StringBuilder("An entity with");
        out.print(padded(head.toString()));
        of.costs().keySet().forEach(rate -> out.printf(Locale.ROOT, "%" + CELL + "s", number(rate) + " events/d"));
        out.println();
        line("  tiles", Cost::tiles);
        line("  state, stored (bytes)", cost -> Math.rint(cost.storedBytes()));
        line("  state, on the heap (bytes)", cost -> Math.rint(cost.heapBytes()));
        line("  rows per event", Cost::rowsPerEvent);
        line("    of them as a tile leaves", Cost::expiryRowsPerEvent);
        line("  in Redis, hash (bytes)", cost -> Math.rint(cost.hashBytes()));
        line("  in Redis, compact (bytes)", cost -> Math.rint(cost.compactBytes()));
    }

    private void line(String label, ToDoubleFunction<Cost> figure) {
        out.print(padded(label));
        of.costs()
                .values()
                .forEach(cost -> out.printf(Locale.ROOT, "%" + CELL + "s", number(figure.applyAsDouble(cost))));
        out.println();
    }

    private static String padded(String label) {
        return label + " ".repeat(Math.max(0, LABEL - label.length()));
    }

    private static String number(double number) {
        return number >= 100 || number == Math.rint(number)
                ? String.format(Locale.ROOT, "%,d", Math.round(number))
                : String.format(Locale.ROOT, "%.2f", number);
    }

    private void measured(Measured measured) {
        Cost cost = measured.cost();
        out.println();
        out.println("Measured with " + number(measured.events()) + " events of " + number(measured.entities())
                + " entities (" + number(measured.unused()) + " not used)");
        out.println("  rows per event             " + number(cost.rowsPerEvent()) + ", of them as a tile leaves "
                + number(cost.expiryRowsPerEvent()));
        out.println("  entities with state        " + number(measured.kept()) + " at the end");
        out.println("  state of each, average     " + number(cost.tiles()) + " tiles, "
                + number(Math.rint(cost.storedBytes())) + " bytes stored, " + number(Math.rint(cost.heapBytes()))
                + " on the heap");
        out.println("  state of all, stored       " + number(Math.rint(measured.storedBytes())) + " bytes");
        out.println("  row in Redis, average      " + number(Math.rint(cost.hashBytes())) + " bytes as hash, "
                + number(Math.rint(cost.compactBytes())) + " compact");
    }
}
