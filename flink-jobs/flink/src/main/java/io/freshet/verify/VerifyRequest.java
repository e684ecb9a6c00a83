/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.verify;

import static java.util.Objects.requireNonNull;

import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;

/**
 * What to verify.
 *
 * @param config the settings of the deployment whose job is judged
 * @param view the view, as the job has it
 * @param sample about how many values the oracle is asked for, 0 or more
 * @param seed decides which
 */
public record VerifyRequest(FreshetConfig config, ViewText view, int sample, long seed) {

    /** How many values the oracle is asked for where nothing else is said. */
    public static final int SAMPLE = 1_000;

    public VerifyRequest {
        requireNonNull(config, "config");
        requireNonNull(view, "view");
        if (sample < 0) {
            throw new IllegalArgumentException("Cannot ask for " + sample + " values, expected 0 or more");
        }
    }
}
