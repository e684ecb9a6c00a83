/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.archive;

import java.io.IOException;

/** An archive is not one that a run can go on with. Its message says why, and what to do. */
public final class ArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why, and what to do. */
    public ArchiveException(String message) {
        super(message);
    }

    /** Why and what to do, and what the system said. */
    public ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
