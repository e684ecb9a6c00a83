/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

/** A function has no meaning for the types or arguments it is called with. The message says what would be right. */
public final class RefusedCallException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    private RefusedCallException(String parameter, String message) {
        super(message);
        this.parameter = parameter;
    }

    /** The first input is at fault. */
    public static RefusedCallException ofInput(String message) {
        return new RefusedCallException("", message);
    }

    /** The value of that parameter is at fault. */
    public static RefusedCallException ofParameter(String parameter, String message) {
        return new RefusedCallException(parameter, message);
    }

    /** Name of the parameter at fault; empty for the first input. */
    public String parameter() {
        return parameter;
    }
}
