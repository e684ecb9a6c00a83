/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file of rows is not what it must be. The message names the file, and the line or row where there is one. */
public sealed class TableException extends IOException permits BadRowException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and where. */
    public TableException(String message) {
        super(message);
    }

    /** What is wrong and where, and what said so. */
    public TableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
