/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.event;

import static java.util.Objects.requireNonNull;

/** An event that cannot be used, whoever produced it must act. It goes to the dead letters and stops nothing. */
public final class BadEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    /**
     * A bad event.
     *
     * @param reason why it is put aside
     * @param message what is wrong with it, without its data
     */
    public BadEventException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    public BadEventException(DeadLetterReason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Why it is put aside. */
    public DeadLetterReason reason() {
        return reason;
    }
}
