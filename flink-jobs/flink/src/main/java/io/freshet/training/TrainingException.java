/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.training;

/** A training set cannot be made of what the user gave. Its message says what is wrong, where, and what to do. */
public final class TrainingException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public TrainingException(String message) {
        super(message);
    }

    /** What is wrong, and what said so. */
    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
