/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import static java.util.Objects.requireNonNull;

import io.freshet.definition.Column;
import io.freshet.definition.ViewPlan;
import io.freshet.row.EntityKey;
import io.freshet.row.FeatureRow;
import io.freshet.row.HistoryRow;
import io.freshet.row.HistorySchema;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.CellType;
import io.freshet.table.ReadOptions;
import io.freshet.table.TableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The rows of a view in its archive, as the history told them. Columns that no file has are null, and warming. */
public final class ArchivedRows {

    private final ArchiveReader archive;
    private final ViewPlan plan;
    private final List<String> heads;
    private final List<String> keys;
    private final List<Column> present;
    private final List<String> absent;

    /**
     * The rows of an archive.
     *
     * @throws ArchiveException if a column of the view has another type there
     */
    public ArchivedRows(ArchiveReader archive, ViewPlan plan) throws ArchiveException {
        this.archive = archive;
        this.plan = plan;
        List<String> names = HistorySchema.of(plan).getFields().stream()
                .map(Schema.Field::name)
                .toList();
        keys = names.subList(0, plan.entity().size());
        heads = names.subList(keys.size(), names.size() - plan.columns().size());
        present = plan.columns().stream()
                .filter(column -> archive.schema().indexOf(column.name()) >= 0)
                .toList();
        absent = plan.columns().stream()
                .filter(column -> !present.contains(column))
                .map(Column::name)
                .toList();
        for (Column column : present) {
            CellType found = archive.schema()
                    .columns()
                    .get(archive.schema().indexOf(column.name()))
                    .type();
            if (!found.equals(CellType.of(column.type()))) {
                throw new ArchiveException("Cannot read column '" + column.name() + "' of the archive of view '"
                        + plan.view().name() + "': it is of type " + found + " there, the view says " + column.type());
            }
        }
    }

    /**
     * Hands over the rows whose head is wanted, in the order in which they came.
     *
     * @throws IOException if a file cannot be read
     */
    public void read(Predicate<RowHead> wanted, Consumer<HistoryRow> rows) throws IOException {
        List<String> names = new ArrayList<>(keys);
        names.addAll(heads);
        present.forEach(column -> names.add(column.name()));
        ReadOptions options = new ReadOptions(names);
        for (ArchiveFile file : archive.files()) {
            try (TableReader reader = archive.open(file, options)) {
                for (@Nullable Object[] cells = reader.next(); cells != null; cells = reader.next()) {
                    RowHead head = head(cells);
                    if (wanted.test(head)) {
                        rows.accept(row(cells, head));
                    }
                }
            }
        }
    }

    private RowHead head(@Nullable Object[] cells) {
        return new RowHead(
                (Long) told(cells, OnlineKeys.AS_OF),
                (Long) told(cells, OnlineKeys.AVAILABLE_AT),
                (Long) told(cells, OnlineKeys.SEQ),
                (Integer) told(cells, OnlineKeys.VERSION),
                RowOrigin.valueOf((String) told(cells, OnlineKeys.ORIGIN)));
    }

    private Object told(@Nullable Object[] cells, String name) {
        return requireNonNull(cells[keys.size() + heads.indexOf(name)], name);
    }

    private HistoryRow row(@Nullable Object[] cells, RowHead head) {
        List<Object> key = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            key.add(requireNonNull(cells[i], keys.get(i)));
        }
        List<@Nullable Object> values = new ArrayList<>();
        int next = keys.size() + heads.size();
        for (Column column : plan.columns()) {
            values.add(absent.contains(column.name()) ? null : cells[next++]);
        }
        List<String> warming = new ArrayList<>();
        ((List<?>) told(cells, OnlineKeys.WARMING)).forEach(name -> warming.add(String.valueOf(name)));
        warming.addAll(absent);
        Object ingested = cells[keys.size() + heads.indexOf(ArchiveColumns.INGESTED_AT)];
        return new HistoryRow(
                EntityKey.format(key),
                head.asOfMillis(),
                head.availableAtMillis(),
                head.seq(),
                head.version(),
                head.origin(),
                ingested == null ? FeatureRow.NO_EVENT : (Long) ingested,
                warming,
                values);
    }
}
