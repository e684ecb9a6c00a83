/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.table;

import org.jspecify.annotations.Nullable;

/** A row of a text file is none; those behind it can be read. */
public final class BadRowException extends TableException {
    private static final long serialVersionUID = 1L;

    BadRowException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
