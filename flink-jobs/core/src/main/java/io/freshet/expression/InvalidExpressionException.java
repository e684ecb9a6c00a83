/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.expression;

/** An expression that does not parse or type-check. Its message says what is wrong and what would be right. */
public final class InvalidExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * A fault in an expression.
     *
     * @param message what is wrong, with the nearest right spelling where there is one
     * @param offset where in the expression's text, in characters from 0
     */
    public InvalidExpressionException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    /** Where in the expression's text, in characters from 0. */
    public int offset() {
        return offset;
    }
}
