/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

/** A verification cannot be carried out: nothing is known of what it would have found. */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    VerificationException(String message) {
        super(message);
    }

    VerificationException(String message, Throwable cause) {
        super(message, cause);
    }
}
