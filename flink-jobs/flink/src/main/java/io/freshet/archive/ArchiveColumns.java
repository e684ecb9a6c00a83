/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import io.freshet.definition.ViewPlan;
import io.freshet.row.EntityKey;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.HistorySchema;
import io.freshet.row.OnlineKeys;
import io.freshet.table.CellType;
import io.freshet.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Rows of a history as rows of a table: the fields of {@link HistorySchema}, in its order. */
final class ArchiveColumns {

    /** Field: when Kafka took in the event that caused the row, ms. */
    static final String INGESTED_AT = "_ingested_at";

    private final ViewPlan plan;
    private final List<String> names;
    private final TableSchema schema;

    ArchiveColumns(ViewPlan plan) {
        this.plan = plan;
        names = HistorySchema.of(plan).getFields().stream()
                .map(Schema.Field::name)
                .toList();
        List<TableSchema.Column> columns = new ArrayList<>();
        int firstColumn = names.size() - plan.columns().size();
        for (int i = 0; i < names.size(); i++) {
            CellType type;
            if (i < plan.entity().size()) {
                type = CellType.of(plan.entity().get(i).type());
            } else if (i < firstColumn) {
                type = type(names.get(i));
            } else {
                type = CellType.of(plan.columns().get(i - firstColumn).type());
            }
            columns.add(new TableSchema.Column(names.get(i), type));
        }
        schema = new TableSchema(columns);
    }

    /** Type of a field that tells of the row. */
    private static CellType type(String name) {
        return switch (name) {
            case OnlineKeys.AS_OF, OnlineKeys.AVAILABLE_AT, INGESTED_AT -> CellType.TIMESTAMP_MILLIS;
            case OnlineKeys.SEQ -> CellType.LONG;
            case OnlineKeys.VERSION -> CellType.INT;
            case OnlineKeys.ORIGIN -> CellType.STRING;
            case OnlineKeys.WARMING -> CellType.list(CellType.STRING);
            default -> throw new IllegalStateException("No cell for the history's field " + name);
        };
    }

    TableSchema schema() {
        return schema;
    }

    /** The columns as the manifest has them. */
    List<Manifest.NamedType> named() {
        return schema.columns().stream()
                .map(column ->
                        new Manifest.NamedType(column.name(), column.type().toString()))
                .toList();
    }

    @Nullable
    Object[] cells(HistoryRow row) {
        @Nullable Object[] cells = new Object[names.size()];
        List<Object> key = EntityKey.parse(row.entity(), plan.entity());
        int firstColumn = names.size() - plan.columns().size();
        for (int i = 0; i < cells.length; i++) {
            if (i < key.size()) {
                cells[i] = key.get(i);
            } else if (i < firstColumn) {
                cells[i] = cell(names.get(i), row);
            } else {
                cells[i] = row.values().get(i - firstColumn);
            }
        }
        return cells;
    }

    private static @Nullable Object cell(String name, HistoryRow row) {
        return switch (name) {
            case OnlineKeys.AS_OF -> row.asOfMillis();
            case OnlineKeys.AVAILABLE_AT -> row.availableAtMillis();
            case OnlineKeys.SEQ -> row.seq();
            case OnlineKeys.VERSION -> row.version();
            case OnlineKeys.ORIGIN -> row.origin().name();
            case INGESTED_AT -> row.ingestedAtMillis() == FeatureRow.NO_EVENT ? null : row.ingestedAtMillis();
            case OnlineKeys.WARMING -> row.warming();
            default -> throw new IllegalStateException("No cell for the history's field " + name);
        };
    }
}
