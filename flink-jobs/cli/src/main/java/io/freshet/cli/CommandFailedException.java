/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

/** A command cannot go on. Its message is all that the user sees, so it says what to do. */
public final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The work failed. */
    public static CommandFailedException failed(String message) {
        return new CommandFailedException(Freshet.FAILED, message);
    }

    /** What the user wrote is wrong. */
    public static CommandFailedException wrongInput(String message) {
        return new CommandFailedException(Freshet.WRONG_INPUT, message);
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }
}
