/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.rest.Checkpoints;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.JobSummary;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a job is doing.
 *
 * @param job the job
 * @param allRun whether every task runs
 * @param parallelism most subtasks of an operator
 * @param cluster where it runs
 * @param checkpoints its checkpoints
 * @param failure why it was last restarted; empty where it never was
 * @param views its views
 * @param deadLetters events put aside, of all jobs of the namespace there ever were
 */
public record DeploymentStatus(
        JobSummary job,
        boolean allRun,
        int parallelism,
        FlinkRest.Overview cluster,
        Checkpoints checkpoints,
        Optional<FlinkRest.Failure> failure,
        List<ViewStatus> views,
        OptionalLong deadLetters) {

    public DeploymentStatus {
        views = List.copyOf(views);
    }
}
