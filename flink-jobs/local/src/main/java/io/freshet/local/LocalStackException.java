/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.local;

/** The local stack cannot do what was asked. Its message says what was found and what to do. */
public final class LocalStackException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure without a deeper cause. */
    public LocalStackException(String message) {
        super(message);
    }

    /** A failure and what led to it. */
    public LocalStackException(String message, Throwable cause) {
        super(message, cause);
    }
}
