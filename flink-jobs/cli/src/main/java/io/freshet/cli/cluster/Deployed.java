/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.job.Bundle;
import io.freshet.rest.JobSummary;

/**
 * A job and what it was told.
 *
 * @param job the job, which runs or has ended
 * @param bundle what it was deployed with
 */
public record Deployed(JobSummary job, Bundle bundle) {

    /** How it stands with the job. */
    public String inWords() {
        return (job.isAlive() ? "runs as " : "has ended, last as ") + job.id();
    }
}
