/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.cluster;

import io.freshet.cli.CommandFailedException;
import io.freshet.job.Bundle;
import io.freshet.job.FeatureJob;
import io.freshet.rest.Checkpoints;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobDetail;
import io.freshet.rest.JobSummary;
import io.freshet.rest.RunRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The one job of a namespace on a Flink cluster: found by its name, which {@link FeatureJob#name} makes. */
public final class Deployment {

    private static final long LOOK_MILLIS = 200;
    private static final String NOT_ALL_RUN = "Not all required tasks are currently running";
    private static final Duration SHOWN_LATE = Duration.ofSeconds(10);

    /** What fails so often before it has ever run does so for good. */
    private static final int HOPELESS = 4;

    private final FlinkRest flink;
    private final String namespace;
    private final Consumer<String> told;

    /**
     * The job of a namespace, whether it runs or not.
     *
     * @param told of each step, in a few words
     */
    public Deployment(FlinkRest flink, String namespace, Consumer<String> told) {
        this.flink = flink;
        this.namespace = namespace;
        this.told = told;
    }

    /** The job; empty where none of that name is alive. */
    public Optional<JobSummary> job() throws FlinkRestException {
        return newest(true);
    }

    private Optional<JobSummary> newest(boolean isAlive) throws FlinkRestException {
        return flink.jobs().stream()
                .filter(job -> job.name().equals(FeatureJob.name(namespace)) && job.isAlive() == isAlive)
                .max(Comparator.comparingLong(JobSummary::startedAtMillis));
    }

    /**
     * What the last job of that name has left that has ended, as far as the cluster remembers: its savepoint, or the
     * checkpoint that stays behind of a job that did not finish.
     */
    public Optional<KeptState> left() throws FlinkRestException, InterruptedException {
        Optional<JobSummary> ended = newest(false);
        if (ended.isEmpty()) {
            return Optional.empty();
        }
        awaitShown(ended.get());
        Checkpoints checkpoints = flink.checkpoints(ended.get().id());
        Optional<Checkpoints.Last> kept =
                ended.get().state().equals("FINISHED") ? checkpoints.savepoint() : checkpoints.last();
        return kept.map(last -> new KeptState(last.path(), last.completedAtMillis()));
    }

    /** Flink shows a job as it was up to three seconds ago, though its list of jobs is of now. */
    private void awaitShown(JobSummary job) throws FlinkRestException, InterruptedException {
        long deadline = System.nanoTime() + SHOWN_LATE.toNanos();
        while (!flink.job(job.id()).state().equals(job.state()) && System.nanoTime() < deadline) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** The job, which there must be. */
    public JobSummary requireJob() throws FlinkRestException, CommandFailedException {
        return job().orElseThrow(() -> CommandFailedException.failed("No job '" + FeatureJob.name(namespace)
                + "' runs at " + flink.address() + ": 'freshet deploy' starts one"));
    }

    /**
     * How a job begins.
     *
     * @param arguments of its main
     * @param from a checkpoint or savepoint; empty for none
     * @param dropsState whether state that nothing asks for is left behind
     */
    public record Begin(List<String> arguments, Optional<String> from, boolean dropsState) {

        public Begin {
            arguments = List.copyOf(arguments);
        }
    }

    /** Uploads a jar unless the cluster has it; gives its id there. */
    public String upload(JobJar jar) throws FlinkRestException {
        Optional<String> there = flink.jar(jar.name());
        if (there.isPresent()) {
            return there.get();
        }
        told.accept("uploading " + jar.name());
        return flink.upload(jar.file(), jar.name());
    }

    /** Starts the job of a jar and returns when all of it runs; gives its id. */
    public String start(String jar, Begin begin, Duration limit)
            throws FlinkRestException, CommandFailedException, InterruptedException {
        told.accept("starting" + begin.from().map(path -> " from " + path).orElse(""));
        String id = flink.run(
                jar,
                new RunRequest(
                        begin.arguments(),
                        Optional.of(JobIds.at(namespace, System.currentTimeMillis())),
                        begin.from(),
                        begin.dropsState()));
        awaitRunning(id, limit, HOPELESS);
        return id;
    }

    /** Stops the job with a savepoint, once all of it runs: one that is being restarted can take none. Gives its path. */
    public String stop(JobSummary job, Optional<String> directory, Duration limit)
            throws FlinkRestException, CommandFailedException, InterruptedException {
        told.accept("stopping job " + job.id() + " with a savepoint");
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            awaitRunning(job.id(), limit, Integer.MAX_VALUE);
            try {
                return flink.stop(job.id(), directory, limit);
            } catch (FlinkRestException e) {
                // What it shows as running may have failed since.
                if (!String.valueOf(e.getMessage()).contains(NOT_ALL_RUN) || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        }
    }

    /** Ends the job without a savepoint and returns when it has ended. */
    public void cancel(String id, Duration limit)
            throws FlinkRestException, CommandFailedException, InterruptedException {
        told.accept("cancelling job " + id);
        flink.cancel(id);
        long deadline = System.nanoTime() + limit.toNanos();
        while (flink.jobs().stream().anyMatch(job -> job.id().equals(id) && job.isAlive())) {
            if (System.nanoTime() > deadline) {
                throw CommandFailedException.failed(
                        "Job " + id + " has not ended after " + limit.toSeconds() + " s; Flink goes on ending it");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** What runs, as it was deployed; empty where it was started in another way. */
    public Optional<Bundle> bundle(JobSummary job) throws FlinkRestException, CommandFailedException {
        Map<String, String> parameters = flink.parameters(job.id());
        String packed = parameters.get(Bundle.DEFINITION);
        if (packed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Bundle.unpack(packed));
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot read what job " + job.id()
                    + " says of itself, which another version of Freshet may have written: " + e.getMessage());
        }
    }

    /**
     * What the newest job of that name, alive or ended, was told, as far as the cluster remembers.
     *
     * @throws CommandFailedException if one is alive that does not say: it was started in another way
     */
    public Optional<Deployed> last() throws FlinkRestException, CommandFailedException {
        Optional<JobSummary> alive = job();
        if (alive.isPresent()) {
            Bundle bundle = bundle(alive.get())
                    .orElseThrow(() -> CommandFailedException.failed("Cannot tell what job "
                            + alive.get().id()
                            + " computes: it was not started by 'freshet deploy' and says nothing of itself"));
            return Optional.of(new Deployed(alive.get(), bundle));
        }
        Optional<JobSummary> ended = newest(false);
        return ended.isEmpty()
                ? Optional.empty()
                : bundle(ended.get()).map(bundle -> new Deployed(ended.get(), bundle));
    }

    /** The jar that a job was started of, as the cluster knows it; empty where it is not there any more. */
    public Optional<String> jar(Bundle bundle) throws FlinkRestException {
        return flink.jar(JobJar.name(namespace, bundle.id()));
    }

    /** Deletes the jars of earlier deployments of the namespace; jobs do not need theirs to go on. */
    public void deleteJarsBut(String jar, Optional<String> other) throws FlinkRestException {
        for (Map.Entry<String, String> each : flink.jars().entrySet()) {
            boolean isOurs = each.getValue().matches(Pattern.quote(JobJar.prefix(namespace)) + "[0-9a-f]+\\.jar");
            if (isOurs && !each.getKey().equals(jar) && !other.equals(Optional.of(each.getKey()))) {
                flink.deleteJar(each.getKey());
            }
        }
    }

    private void awaitRunning(String id, Duration limit, int most)
            throws FlinkRestException, CommandFailedException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            JobDetail job = flink.job(id);
            if (job.allRun()) {
                return;
            }
            List<FlinkRest.Failure> failures = flink.failures(id);
            String reason = failures.stream()
                    .findFirst()
                    .map(last -> ": " + last.reason())
                    .orElse("");
            if (!new JobSummary(id, "", job.state(), 0).isAlive()) {
                throw CommandFailedException.failed("The job has ended as " + job.state() + reason);
            }
            if (failures.size() >= most) {
                throw CommandFailedException.failed("The job was restarted " + failures.size() + " times" + reason);
            }
            if (System.nanoTime() > deadline) {
                throw CommandFailedException.failed("The job does not run after " + limit.toSeconds() + " s"
                        + (reason.isEmpty() ? ": not all of its tasks run, are there slots enough?" : reason));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
