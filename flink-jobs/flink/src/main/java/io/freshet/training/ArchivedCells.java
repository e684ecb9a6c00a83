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

/**
 * What the cells of an archive's row say: its entity and its place in time, which are its head, then its tail: which of the
 * columns that are wanted were warming, and their values.
 */
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
    private final ReadOptions tails;
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
        tails = new ReadOptions(names.subList(tailInAll(), names.size()));
        for (RowOrigin origin : RowOrigin.values()) {
            origins.put(origin.name(), origin);
        }
    }

    /** Reads heads, and what was warming. */
    ReadOptions heads() {
        return heads;
    }

    /** Reads tails, which then begin at 0. */
    ReadOptions tails() {
        return tails;
    }

    /** Reads both. */
    ReadOptions all() {
        return all;
    }

    /** Where the tail begins in a row of which both are read. */
    int tailInAll() {
        return keys + HEAD.size() - 1;
    }

    String entity(@Nullable Object[] cells) {
        if (keys == 1) {
            return EntityKey.format(List.of(present(cells, 0)));
        }
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
        List<?> names = (List<?>) present(cells, tailInAll());
        return names.isEmpty() ? 0 : warming(cells, tailInAll()).cardinality();
    }

    /**
     * The wanted columns that were warming.
     *
     * @param tail where the tail begins
     */
    BitSet warming(@Nullable Object[] cells, int tail) {
        BitSet warming = new BitSet();
        List<?> names = (List<?>) present(cells, tail);
        for (int i = 0; !names.isEmpty() && i < columns.size(); i++) {
            warming.set(i, names.contains(columns.names().get(i)));
        }
        return warming;
    }

    /**
     * The values of the wanted columns.
     *
     * @param tail where the tail begins
     */
    @Nullable
    Object[] values(@Nullable Object[] cells, int tail) {
        return Arrays.copyOfRange(cells, tail + 1, cells.length);
    }

    private static Object present(@Nullable Object[] cells, int place) {
        Object cell = cells[place];
        if (cell == null) {
            throw new IllegalStateException("Cannot read a row of an archive: column " + place + " is null");
        }
        return cell;
    }
}
