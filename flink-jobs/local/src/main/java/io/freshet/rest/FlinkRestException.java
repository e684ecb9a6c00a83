/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.rest;

/** Flink cannot be reached or refuses. The message says what was asked of which address, and Flink's own reason. */
public final class FlinkRestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    FlinkRestException(String message, int status) {
        super(message);
        this.status = status;
    }

    FlinkRestException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The HTTP status of Flink's answer; 0 where there was none. */
    public int status() {
        return status;
    }
}
