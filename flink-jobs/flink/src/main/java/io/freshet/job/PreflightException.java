/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.job;

/** The job cannot start as things are. Its message says what is in the way and how to remove it. */
public final class PreflightException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is in the way, and what to do. */
    public PreflightException(String message) {
        super(message);
    }

    /** What is in the way, what to do, and what the system said. */
    public PreflightException(String message, Throwable cause) {
        super(message, cause);
    }
}
