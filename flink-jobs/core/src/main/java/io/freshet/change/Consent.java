/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.change;

import java.util.Optional;

/** What has to be agreed to before a change is made that could harm. */
public enum Consent {
    /** Columns get other values under the name and version that readers know. */
    NEW_MEANING("--allow-new-meaning"),
    /** What is kept of a view is left behind, and its rows stay where they are. */
    DROP_STATE("--drop-state"),
    /** Topics stay as they are, though they do not fit. */
    TOPICS("--accept-topics"),
    /** No flag makes it right. */
    NEVER("");

    private final String option;

    Consent(String option) {
        this.option = option;
    }

    /** The option of the command line that gives it; empty where none does. */
    public Optional<String> option() {
        return option.isEmpty() ? Optional.empty() : Optional.of(option);
    }
}
