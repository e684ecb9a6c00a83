/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.io.Serializable;
import java.util.List;

/**
 * One thing that is wrong in a file of the author.
 *
 * @param file the file as the author knows it
 * @param line line from 1
 * @param column column from 1
 * @param message what is wrong and what would be right
 * @param lineText the line it stands in; may be empty
 */
public record Problem(String file, int line, int column, String message, String lineText) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** {@code file:line:column: message}, then the line and a caret under the place. */
    public String render() {
        String head = location() + ": " + message;
        if (lineText.isBlank()) {
            return head;
        }
        return head + "\n    " + lineText + "\n    " + " ".repeat(Math.max(0, column - 1)) + "^";
    }

    /** {@code file:line:column}. */
    public String location() {
        return file + ":" + line + ":" + column;
    }

    /** All of them, one under the other. */
    public static String render(List<Problem> problems) {
        return String.join("\n", problems.stream().map(Problem::render).toList());
    }
}
