/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.viewtest;

import io.freshet.definition.Problem;
import java.util.List;

/**
 * How a test went.
 *
 * @param file the file as its author knows it
 * @param name name of the test
 * @param line where it stands
 * @param view name of its view
 * @param failures what is not as expected, in the order of the steps; none where the test passed
 */
public record TestResult(String file, String name, int line, String view, List<Failure> failures) {

    public TestResult {
        failures = List.copyOf(failures);
    }

    /**
     * Something that is not as expected.
     *
     * @param problem where, and in words
     * @param expected what should be, as text
     * @param actual what is, as text
     */
    public record Failure(Problem problem, String expected, String actual) {}

    /** Whether all was as expected. */
    public boolean passed() {
        return failures.isEmpty();
    }
}
