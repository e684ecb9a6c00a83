/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to a file, which is whole after {@link #close}. The same rows always give the same bytes. Used by one
 * thread at a time.
 */
public interface TableWriter extends Closeable {

    /**
     * Writes a row. It keeps neither the array nor what is in it.
     *
     * @param row one cell per column, held as {@link CellType.Kind} says
     * @throws IllegalArgumentException if the row does not fit the columns; the file is then not to be used
     */
    void write(@Nullable Object[] row) throws IOException;
}
