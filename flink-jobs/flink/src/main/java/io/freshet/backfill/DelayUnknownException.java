/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.backfill;

/** The history does not say how fresh a view's rows are, and nor does the user. The message says what to do. */
public final class DelayUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    DelayUnknownException(String view) {
        super("Cannot tell when a reader could have had the rows of view '" + view + "': its history has fewer than "
                + BackfillDelay.FEWEST_ROWS + " live rows to measure by; say it, e.g. --delay 1s");
    }
}
