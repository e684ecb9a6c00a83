/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import java.io.IOException;

/** A file of rows is not what it must be. The message names the file, and the line or row where there is one. */
public final class TableException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is wrong, and where. */
    public TableException(String message) {
        super(message);
    }

    /** What is wrong and where, and what said so. */
    public TableException(String message, Throwable cause) {
        super(message, cause);
    }
}
