/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.batch;

/** A run over files cannot start as things are. Its message says what is in the way and what to do. */
public final class BatchException extends Exception {
    private static final long serialVersionUID = 1L;

    BatchException(String message) {
        super(message);
    }

    BatchException(String message, Throwable cause) {
        super(message, cause);
    }
}
