/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.table.CellType;
import io.freshet.table.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** The columns of a training set: those of the spine, then per view its as_of and its features. */
final class TrainingSchema {

    /** Between the name of a view and that of a column. */
    static final String OF = "__";

    private static final String AS_OF = OF + "as_of";

    private TrainingSchema() {}

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
            columns.add(new TableSchema.Column(name + AS_OF, CellType.TIMESTAMP_MILLIS));
            ViewColumns wanted = ViewColumns.of(view);
            for (int i = 0; i < wanted.size(); i++) {
                columns.add(new TableSchema.Column(
                        name + OF + wanted.names().get(i),
                        CellType.of(wanted.types().get(i))));
            }
        }
        return columns;
    }
}
