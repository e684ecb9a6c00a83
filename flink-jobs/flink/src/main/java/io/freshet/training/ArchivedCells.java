/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

import io.freshet.row.EntityKey;
import io.freshet.row.HistorySchema;
import io.freshet.row.OnlineKeys;
import io.freshet.row.RowHead;
import io.freshet.row.RowOrigin;
import io.freshet.table.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** What the cells of an archive's row say: its entity and its place in time, then the columns that are wanted. */
final class ArchivedCells {

    private static final List<String> HEAD = List.of(
            OnlineKeys.AS_OF,
            OnlineKeys.AVAILABLE_AT,
            OnlineKeys.SEQ,
            OnlineKeys.VERSION,
            OnlineKeys.ORIGIN,
            OnlineKeys.WARMING);

    private final int keys;
    private final ViewColumns columns;
    private final ReadOptions heads;
    private final ReadOptions all;
    private final Map<String, RowOrigin> origins = new HashMap<>();

    ArchivedCells(TrainingRequest.OfView view) {
        columns = view.columns();
        keys = view.keyTypes().size();
        List<String> names = new ArrayList<>(HistorySchema.of(view.text().plan()).getFields().stream()
                .limit(keys)
                .map(Schema.Field::name)
                .toList());
        names.addAll(HEAD);
        heads = new ReadOptions(names);
        names.addAll(columns.names());
        all = new ReadOptions(names);
        for (RowOrigin origin : RowOrigin.values()) {
            origins.put(origin.name(), origin);
        }
    }

    /** Reads all but the values of the columns that are wanted. */
    ReadOptions heads() {
        return heads;
    }

    /** Reads all that is needed of a row. */
    ReadOptions all() {
        return all;
    }

    String entity(@Nullable Object[] cells) {
        List<Object> key = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            key.add(present(cells, i));
        }
        return EntityKey.format(key);
    }

    int version(@Nullable Object[] cells) {
        return (Integer) present(cells, keys + 3);
    }

    RowHead head(@Nullable Object[] cells) {
        return new RowHead(
                (Long) present(cells, keys),
                (Long) present(cells, keys + 1),
                (Long) present(cells, keys + 2),
                version(cells),
                origins.getOrDefault((String) present(cells, keys + 4), RowOrigin.LIVE));
    }

    /** How many of the wanted columns were warming. */
    int warmingCount(@Nullable Object[] cells) {
        return warmingNames(cells).isEmpty() ? 0 : warming(cells).cardinality();
    }

    /** The wanted columns that were warming. */
    BitSet warming(@Nullable Object[] cells) {
        BitSet warming = new BitSet();
        List<?> names = warmingNames(cells);
        for (int i = 0; !names.isEmpty() && i < columns.size(); i++) {
            warming.set(i, names.contains(columns.names().get(i)));
        }
        return warming;
    }

    private List<?> warmingNames(@Nullable Object[] cells) {
        return (List<?>) present(cells, keys + HEAD.size() - 1);
    }

    /** The values of the wanted columns, of a row of which all is read. */
    @Nullable
    Object[] values(@Nullable Object[] cells) {
        return Arrays.copyOfRange(cells, keys + HEAD.size(), cells.length);
    }

    private static Object present(@Nullable Object[] cells, int place) {
        Object cell = cells[place];
        if (cell == null) {
            throw new IllegalStateException("Cannot read a row of an archive: column " + place + " is null");
        }
        return cell;
    }
}
