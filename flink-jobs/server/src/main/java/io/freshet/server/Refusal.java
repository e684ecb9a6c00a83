/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

/** Why a call is not answered as asked; becomes the error answer. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String where;
    private final String help;
    private final String allowed;

    private Refusal(int status, String code, String message, String where, String help, String allowed) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.where = where;
        this.help = help;
        this.allowed = allowed;
    }

    /**
     * A refusal.
     *
     * @param status status of HTTP
     * @param code short and stable, for programs, such as {@code unknown_feature}
     * @param message what is wrong
     */
    public static Refusal of(int status, String code, String message) {
        return new Refusal(status, code, message, "", "", "");
    }

    /** The same, with where it is wrong, such as {@code features[2]}. */
    public Refusal at(String place) {
        return new Refusal(status, code, message(), place, help, allowed);
    }

    /** The same, with what to do about it. */
    public Refusal help(String todo) {
        return new Refusal(status, code, message(), where, todo, allowed);
    }

    /** The same, with the methods that there are, with commas. */
    Refusal allowing(String methods) {
        return new Refusal(status, code, message(), where, help, methods);
    }

    /** Status of HTTP. */
    public int status() {
        return status;
    }

    /** Short and stable, for programs. */
    public String code() {
        return code;
    }

    /** What is wrong. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** Where it is wrong; empty where the message says so. */
    public String where() {
        return where;
    }

    /** What to do about it; empty where the message says so. */
    public String help() {
        return help;
    }

    /** The methods that there are, with commas; empty where the method was right. */
    String allowed() {
        return allowed;
    }
}
