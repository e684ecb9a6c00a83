/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns of a table.
 *
 * @param columns at least one; no two of one name
 */
public record TableSchema(List<Column> columns) implements Serializable {

    /**
     * A column.
     *
     * @param name any text
     * @param type of its cells, each of which may be null
     */
    public record Column(String name, CellType type) implements Serializable {
        public Column {
            requireNonNull(name, "name");
            requireNonNull(type, "type");
        }
    }

    public TableSchema {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("A table has at least one column");
        }
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.name())) {
                throw new IllegalArgumentException("Two columns are named '" + column.name() + "'");
            }
        }
    }

    /** Place of the column of that name, from 0; -1 if there is none. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The names, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }
}
