/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a file, in order. Used by one thread at a time. */
public interface TableReader extends Closeable {

    /** The columns that are read. */
    TableSchema schema();

    /**
     * The next row: a fresh array of one cell per column, held as {@link CellType.Kind} says; null at the end.
     *
     * @throws BadRowException if the next row is none; those behind it can be read
     * @throws TableException if the file is not what it must be
     */
    @Nullable
    Object @Nullable [] next() throws IOException;

    /**
     * Passes over the next rows, as many as that or as there are. Where the format allows it their cells are not read.
     *
     * @throws BadRowException if one of them is none
     * @throws TableException if the file is not what it must be
     */
    default void skip(long rows) throws IOException {
        for (long i = 0; i < rows && next() != null; i++) {
            // the row is passed over
        }
    }

    /**
     * Where the last row stood, from 1: the number of its first line in a text file, of the row in Parquet; 0 before the
     * first.
     */
    long line();
}
