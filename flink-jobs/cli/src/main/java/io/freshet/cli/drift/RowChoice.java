/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.drift;

/** Which rows of a range of the history count. */
public enum RowChoice {
    /** All that were logged: an event, or a tile that left a window, made each. Busy entities weigh more. */
    ALL("rows"),
    /** Those that an event made: what a model saw that is asked when something happens. */
    EVENTS("rows made by events"),
    /** The last of each entity in the range: all entities weigh the same. */
    ENTITIES("entities");

    private final String text;

    RowChoice(String text) {
        this.text = text;
    }

    /** In a few words, behind a number. */
    String text() {
        return text;
    }
}
