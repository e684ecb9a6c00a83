/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.util.Optional;

/**
 * Something that a function takes beside its first input, under a key of its own.
 *
 * @param name the key in the view, lower case letters, digits and _
 * @param kind what its value is
 * @param otherwise the value where the view gives none; empty if the view must give one
 * @param summary what it means, in a few words
 */
public record Parameter(String name, Kind kind, Optional<String> otherwise, String summary) {

    /** What a parameter's value is. */
    public enum Kind {
        /** Another input: a field of the event, or CEL over it. */
        INPUT,
        /** A whole number of 1 or more. */
        COUNT,
        /** A finite number. */
        NUMBER,
        /** A duration such as {@code 1h}, above zero. */
        DURATION
    }

    /** One that a view must give. */
    public static Parameter required(String name, Kind kind, String summary) {
        return new Parameter(name, kind, Optional.empty(), summary);
    }

    /** One that a view may leave away. An input cannot be left away. */
    public static Parameter optional(String name, Kind kind, String otherwise, String summary) {
        return new Parameter(name, kind, Optional.of(otherwise), summary);
    }

    /** Whether it is another input of the event. */
    public boolean isInput() {
        return kind == Kind.INPUT;
    }
}
