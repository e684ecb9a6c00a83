/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.util.List;

/**
 * What to read of a table.
 *
 * @param columns names of the columns to read, in the order in which their cells shall come; empty: all of the file
 */
public record ReadOptions(List<String> columns) {

    /** All columns. */
    public static final ReadOptions ALL = new ReadOptions(List.of());

    public ReadOptions {
        columns = List.copyOf(columns);
        if (columns.stream().distinct().count() < columns.size()) {
            throw new IllegalArgumentException("A column can be read once: " + columns);
        }
    }

    /** These columns, in this order. */
    public static ReadOptions columns(String... names) {
        return new ReadOptions(List.of(names));
    }

    /** The names to read of those a file has. */
    List<String> of(List<String> all) {
        return columns.isEmpty() ? all : columns;
    }
}
