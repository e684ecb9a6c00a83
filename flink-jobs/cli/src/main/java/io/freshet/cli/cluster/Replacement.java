/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.cli.CommandFailedException;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One job in the place of another, by a savepoint. Where the new one does not come to run, the old one is started again
 * from the same savepoint: no event is lost or counted twice, whatever happens.
 *
 * @param flink the cluster
 * @param deployment the job's
 * @param savepoints where savepoints go; empty for the cluster's own setting
 * @param limit how long each step may take
 */
public record Replacement(FlinkRest flink, Deployment deployment, Optional<String> savepoints, Duration limit) {

    /**
     * What came of it.
     *
     * @param job id of the new job
     * @param savepoint path of the savepoint that it started from
     */
    public record Done(String job, String savepoint) {}

    /**
     * Stops the job and starts another from where it was.
     *
     * @param old the job
     * @param oldJar jar to start it again of, as the cluster knows it; empty where there is none
     * @param jar jar of the new job
     * @param arguments of the new job's main
     * @param dropsState whether state that nothing asks for any more is left behind
     * @throws CommandFailedException if the new job does not run; it says whether the old one runs again
     */
    public Done replace(JobSummary old, Optional<String> oldJar, String jar, List<String> arguments, boolean dropsState)
            throws FlinkRestException, CommandFailedException, InterruptedException {
        List<String> oldArguments = parallelism(flink.job(old.id()).parallelism());
        String savepoint = deployment.stop(old, savepoints, limit);
        try {
            Deployment.Begin begin = new Deployment.Begin(arguments, Optional.of(savepoint), dropsState);
            return new Done(deployment.start(jar, begin, limit), savepoint);
        } catch (FlinkRestException | CommandFailedException e) {
            throw CommandFailedException.failed(e.getMessage() + "\n" + restored(oldJar, oldArguments, savepoint));
        }
    }

    /** Arguments of a main that set the parallelism. */
    public static List<String> parallelism(int parallelism) {
        return List.of("--flink.parallelism", Integer.toString(parallelism));
    }

    private String restored(Optional<String> oldJar, List<String> arguments, String savepoint)
            throws InterruptedException {
        String byHand = "'freshet deploy --from-savepoint " + savepoint + "' starts a job from where the old one was.";
        if (oldJar.isEmpty()) {
            return "The old job is stopped. " + byHand;
        }
        try {
            Optional<JobSummary> failing = deployment.job();
            if (failing.isPresent()) {
                deployment.cancel(failing.get().id(), limit);
            }
            Deployment.Begin begin = new Deployment.Begin(arguments, Optional.of(savepoint), false);
            return "The old job runs again, as job " + deployment.start(oldJar.get(), begin, limit) + ".";
        } catch (FlinkRestException | CommandFailedException e) {
            return "The old job cannot be started again: " + e.getMessage() + "\n" + byHand;
        }
    }
}
