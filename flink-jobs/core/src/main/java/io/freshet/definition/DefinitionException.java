/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.definition;

import java.util.ArrayList;
import java.util.List;

/** A file of the author is wrong. Carries all that is wrong with it; its message shows each with its place. */
public final class DefinitionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ArrayList<Problem> problems;

    /**
     * A wrong file.
     *
     * @param problems what is wrong, one or more
     */
    public DefinitionException(List<Problem> problems) {
        super(Problem.render(problems));
        this.problems = new ArrayList<>(problems);
    }

    /** What is wrong, in order of place. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
