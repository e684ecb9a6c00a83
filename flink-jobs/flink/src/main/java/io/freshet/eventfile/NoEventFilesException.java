/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.eventfile;

/** What the user names as files of events is none. The message says what is wrong. */
public final class NoEventFilesException extends Exception {
    private static final long serialVersionUID = 1L;

    NoEventFilesException(String message) {
        super(message);
    }

    NoEventFilesException(String message, Throwable cause) {
        super(message, cause);
    }
}
