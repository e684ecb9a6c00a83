/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.cluster.Deployed;
import io.freshet.cli.cluster.Deployment;
import io.freshet.cli.cluster.JobJar;
import io.freshet.cli.cluster.KeptState;
import io.freshet.cli.cluster.LatestState;
import io.freshet.cli.plan.JobPlan;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.job.FeatureJob;
import io.freshet.rest.FlinkRest;
import io.freshet.rest.FlinkRestException;
import io.freshet.rest.JobSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet deploy}: starts the job of a namespace on a Flink cluster. */
@Command(
        name = "deploy",
        description = {
            "Start a job that computes feature views on the Flink cluster at flink.rest, or change the one that runs. One",
            "namespace has one job. Where it runs, what changes is shown ('freshet plan'), refused where it is unsafe, and",
            "done by a savepoint: features that stay keep their state, those that are new begin as warming.",
            "The jar that is uploaded holds views, schemas and settings. Secrets stay out of it: what freshet.yaml names as",
            "${NAME} comes from the environment of the cluster's JobManager."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the job runs",
            "1:it does not, or the change is unsafe",
            "2:a view, setting or option is wrong"
        },
        footer = {
            "",
            "Examples:",
            "  freshet deploy",
            "  freshet deploy user_activity --from-savepoint file:///savepoints/savepoint-1a2b3c-0123456789ab",
            "  freshet deploy --from-checkpoint latest      # after the JobManager was lost"
        })
final class DeployCommand implements Callable<Integer> {

    private static final String LATEST = "latest";

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @ArgGroup
    private @Nullable From from;

    @Option(
            names = "--start",
            paramLabel = "earliest|latest|MS",
            description = "First event of a job without state: the oldest, the next, or the first Kafka took in at that"
                    + " time, ms since 1970. Default: earliest.")
    private @Nullable String start;

    @Mixin
    private ConsentOptions consents = new ConsentOptions();

    @Parameters(paramLabel = "VIEW", arity = "0..*", description = "Names of views. Default: all.")
    private List<String> names = new ArrayList<>();

    /** Where the job's state comes from. */
    static final class From {

        @Option(names = "--from-savepoint", paramLabel = "PATH", description = "Go on from this savepoint.")
        private @Nullable String savepoint;

        @Option(
                names = "--from-checkpoint",
                paramLabel = "latest|PATH",
                description = "Go on from this checkpoint; latest: the newest checkpoint or savepoint of the namespace"
                        + " that the cluster remembers, or that is in flink.checkpoint_dir or in the folder of the"
                        + " cluster beside the settings.")
        private @Nullable String checkpoint;

        @Option(
                names = "--fresh",
                description = "Start without state though an earlier job has left some: rows that are in the history"
                        + " come again.")
        private boolean fresh;
    }

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, FlinkRestException, IOException, InterruptedException {
        Settings settings = options.read();
        List<ViewText> views = settings.selected(names);
        String namespace = settings.config().namespace();
        Optional<KeptState> onDisk = LatestState.of(namespace, job.stateFolders(settings));
        FlinkRest flink = new FlinkRest(settings.config().flink().rest());
        Deployment deployment = new Deployment(flink, namespace, job::tell);
        Bundles bundles = new Bundles(options.source(), options.environment());
        String first = start == null ? "earliest" : start;
        bundles.bundle(views, first); // what cannot be sent is refused before anybody is asked
        Optional<JobSummary> running = running(deployment, onDisk);
        if (running.isPresent()) {
            refuseState(running.get());
            new JobChange(settings, options, job, consents).make(deployment, flink, running.get(), views);
            return Freshet.OK;
        }
        try (JobJar jar = bundles.pack(namespace, views, first)) {
            Optional<KeptState> latest =
                    Stream.concat(onDisk.stream(), deployment.left().stream()).max(KeptState.BY_AGE);
            Optional<String> state = state(namespace, latest);
            Optional<Deployed> last = deployment.last();
            if (state.isPresent() && last.isPresent()) {
                JobPlan plan = Plans.of(settings, last, views, jar.bundle(), consents.given());
                job.show(plan, consents.given());
                Plans.check(plan, consents.given());
            }
            Deployment.Begin begin = new Deployment.Begin(List.of(), state, consents.dropsState());
            String id = deployment.start(deployment.upload(jar), begin, job.limit());
            job.print(Map.entry("job", id), Map.entry("flink", flink.address() + "/#/job/running/" + id));
        }
        return Freshet.OK;
    }

    /** The job that runs. State on disk of one that does not is told of, even where no Flink answers. */
    private Optional<JobSummary> running(Deployment deployment, Optional<KeptState> onDisk)
            throws FlinkRestException, CommandFailedException, DefinitionException {
        try {
            Optional<JobSummary> running = deployment.job();
            if (running.isPresent()) {
                return running;
            }
        } catch (FlinkRestException e) {
            if (from != null || onDisk.isEmpty()) {
                throw e;
            }
        }
        if (from == null && onDisk.isPresent()) {
            throw leftBehind(options.read().config().namespace(), onDisk.get());
        }
        return Optional.empty();
    }

    private void refuseState(JobSummary running) throws CommandFailedException {
        if (start != null) {
            throw CommandFailedException.wrongInput(
                    "Cannot use --start: job " + running.id() + " runs and goes on from where it is");
        }
        if (from != null) {
            throw CommandFailedException.wrongInput("Cannot start a second job '"
                    + running.name() + "' beside " + running.id()
                    + ": both would write the same rows. Without --from-savepoint, --from-checkpoint and --fresh it is"
                    + " changed from where it is; 'freshet stop' stops it.");
        }
    }

    private Optional<String> state(String namespace, Optional<KeptState> latest) throws CommandFailedException {
        From given = from;
        if (given == null) {
            if (latest.isPresent()) {
                throw leftBehind(namespace, latest.get());
            }
            return Optional.empty();
        }
        if (LATEST.equals(given.checkpoint)) {
            return Optional.of(latest.map(KeptState::path)
                    .orElseThrow(() -> CommandFailedException.failed("Cannot find a checkpoint or savepoint of '"
                            + FeatureJob.name(namespace)
                            + "': the cluster remembers none, and there is none in the folders of this machine that"
                            + " flink.checkpoint_dir and the cluster beside the settings have. Name one by"
                            + " --from-savepoint PATH.")));
        }
        return Optional.ofNullable(given.savepoint == null ? given.checkpoint : given.savepoint);
    }

    private static CommandFailedException leftBehind(String namespace, KeptState state) {
        return CommandFailedException.wrongInput("Cannot start '" + FeatureJob.name(namespace)
                + "' from nothing: an earlier job has left its state at " + state.path()
                + ", and the rows it wrote would come again. Go on with --from-checkpoint latest, or use --fresh.");
    }
}
