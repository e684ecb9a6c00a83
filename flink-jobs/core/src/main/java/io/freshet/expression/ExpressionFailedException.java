/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

/** An expression has no value for the values it was given: overflow, division by zero. */
public final class ExpressionFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what went wrong, without the values themselves
     * @param cause what CEL said
     */
    public ExpressionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
