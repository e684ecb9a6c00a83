/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

import org.jspecify.annotations.Nullable;

/**
 * An expression has no value for the values it was given: overflow, division by zero. Without a stack trace: it comes
 * of data, may come with every event, and is counted.
 */
public final class ExpressionFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param reason what went wrong, without the values themselves
     * @param cause what CEL said, if it was CEL
     */
    ExpressionFailedException(String reason, @Nullable Throwable cause) {
        super("Cannot evaluate the expression: " + reason, cause, false, false);
    }
}
