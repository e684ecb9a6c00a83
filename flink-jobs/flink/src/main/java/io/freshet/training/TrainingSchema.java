/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.table.CellType;
import io.freshet.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** The columns of a training set: those of the spine, then per view its as_of and its features. */
public final class TrainingSchema {

    /** What the columns start with that hold what a request said, in a log of what was served. */
    static final String REQUEST = "request.";

    private static final String OF = "__";
    private static final String SERVED = "served_";

    private TrainingSchema() {}

    /** What the names of all columns of a view start with. */
    public static String prefix(String view) {
        return view + OF;
    }

    /** The name that a column of a view has. */
    public static String column(String view, String column) {
        return prefix(view) + column;
    }

    /** The name of the column that holds the as_of of a view's rows. */
    public static String asOf(String view) {
        return column(view, "as_of");
    }

    /** The columns of a log that say which row of a view was served: version, as_of in ms, seq. */
    static List<String> served(String view) {
        return List.of("version", "as_of", "seq").stream()
                .map(name -> column(view, SERVED + name))
                .toList();
    }

    /** All columns. */
    static TableSchema of(TrainingRequest request) {
        List<TableSchema.Column> columns =
                new ArrayList<>(request.spine().schema().columns());
        columns.addAll(ofViews(request.views()));
        return new TableSchema(columns);
    }

    /** The columns that these views add. */
    static List<TableSchema.Column> ofViews(List<TrainingRequest.OfView> views) {
        List<TableSchema.Column> columns = new ArrayList<>();
        for (TrainingRequest.OfView view : views) {
            String name = view.name();
            columns.add(new TableSchema.Column(asOf(name), CellType.TIMESTAMP_MILLIS));
            ViewFeatures wanted = view.features();
            for (int i = 0; i < wanted.size(); i++) {
                columns.add(new TableSchema.Column(
                        column(name, wanted.names().get(i)),
                        CellType.of(wanted.types().get(i))));
            }
        }
        return columns;
    }
}
