/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.expression.Durations;
import java.time.Duration;

/** Reads durations that are given as options. */
final class DurationOptions {

    private DurationOptions() {}

    /** The duration of an option. */
    static Duration parse(String option, String text) throws CommandFailedException {
        return Durations.parse(text)
                .orElseThrow(() -> CommandFailedException.wrongInput(
                        "Cannot read " + option + " '" + text + "': " + Durations.EXPECTED));
    }
}
