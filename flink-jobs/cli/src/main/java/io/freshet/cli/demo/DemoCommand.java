/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.CommandFailedException;
import io.freshet.cli.Freshet;
import io.freshet.cli.Pace;
import io.freshet.cli.Topics;
import io.freshet.client.OnlineReader;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.job.JobSpec;
import io.freshet.job.PreflightException;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import io.freshet.operator.AvailableAt;
import io.freshet.source.EventRange;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code freshet demo}. The day goes through one partition: the file is strictly in order, three views key it in three
 * ways, and only one partition keeps the order of every entity of each of them. Rows are then a function of the file.
 */
@Command(
        name = "demo",
        description = "A day of Wikipedia edits through Kafka, Flink and Redis on this machine, checked at the end.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every value agrees", "1:some value does not, or something failed"},
        footer = {
            "",
            "Examples:",
            "  freshet demo",
            "  freshet demo --speed max --json | tail -1",
            "  freshet demo --speed max --train"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final String DAY_IN_30_S = "2880";
    private static final Duration AVAILABLE_AFTER = Duration.ofSeconds(1);
    private static final int CHECKED = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            defaultValue = DAY_IN_30_S,
            description = "Times as fast as it happened. Default: 2880, the day in about 30 s.")
    private String speed = DAY_IN_30_S;

    @Option(names = "--json", description = "Print the summary as one JSON object, the last line.")
    private boolean json;

    @Option(names = "--keep", description = "Leave everything running until Ctrl-C, to look at it.")
    private boolean keep;

    @Option(
            names = "--train",
            description =
                    "Train a classifier on three training sets for the same edits, and tell what each promises and"
                            + " keeps. Stops the day a few times to read Redis, and takes half a minute more.")
    private boolean train;

    @Option(names = "--state", paramLabel = "heap|rocksdb", defaultValue = "heap", description = "Default: heap.")
    private String state = "heap";

    @Option(names = "--seed", description = "Draws the values that are checked. Default: another each time.")
    private long seed = System.nanoTime() & 0xFFFF_FFFFL;

    // Read from the parsed arguments when something fails.
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--debug", description = "Show stack traces.")
    private boolean debug;

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, LocalStackException, InterruptedException,
                    JsonProcessingException {
        long begin = System.nanoTime();
        Pace.parse(speed);
        PrintWriter err = spec.commandLine().getErr();
        err.println("Starting Kafka, Redis and Flink ...");
        err.flush();
        List<GenericRecord> edits = DemoData.read();
        List<ViewText> views = DemoViews.read();
        try (LocalStack stack = LocalStack.start(LocalStack.Options.freePorts())) {
            FreshetConfig config = FreshetConfig.of(
                    "demo",
                    "",
                    Map.of(),
                    Map.of(
                            "kafka.bootstrap",
                            stack.bootstrapServers(),
                            "redis.uri",
                            stack.redisUri(),
                            "flink.rest",
                            stack.webUi().toString(),
                            "flink.state",
                            state,
                            // One partition of events, three views, two cores: more tasks would only wait.
                            "flink.parallelism",
                            "1",
                            "flink.buffer_timeout",
                            "5ms"));
            err.println("flink    " + stack.webUi());
            err.flush();
            return show(stack, config, edits, views, begin);
        }
    }

    private int show(
            LocalStack stack, FreshetConfig config, List<GenericRecord> edits, List<ViewText> views, long begin)
            throws CommandFailedException, LocalStackException, InterruptedException, JsonProcessingException {
        PrintWriter err = spec.commandLine().getErr();
        try (DemoConsole console = DemoConsole.start(config, stack.redisUri(), views, err)) {
            JobHandle job = startJob(stack, config, views);
            console.tell(err);
            Result result = run(edits, views, stack, config, job, begin);
            print(result);
            if (keep) {
                console.tell(err);
                err.println("kafka    " + stack.bootstrapServers() + "\nredis    " + stack.redisUri()
                        + "\nTry:     redis-cli -p "
                        + stack.redisUri().replaceFirst(".*:", "") + " HGETALL 'freshet:channel_activity:#en.wikipedia'"
                        + "\nCtrl-C stops all of it.");
                err.flush();
                new CountDownLatch(1).await();
            }
            return result.allAgrees() ? Freshet.OK : Freshet.FAILED;
        }
    }

    /** What is printed. */
    private record Result(Summary summary, Optional<Story> story) {

        boolean allAgrees() {
            return summary.mismatches() == 0
                    && story.map(told -> told.redis().different() == 0).orElse(true);
        }
    }

    private static JobHandle startJob(LocalStack stack, FreshetConfig config, List<ViewText> views)
            throws CommandFailedException, LocalStackException, InterruptedException {
        try (Topics topics = new Topics(kafka(stack))) {
            topics.createIfMissing(DemoRun.TOPIC, 1);
        }
        EventRange range = new EventRange(new EventRange.Earliest(), EventRange.End.NEVER);
        JobHandle job;
        try {
            job = stack.run(JobSpec.prepare(config, views, range, new AvailableAt.Delayed(AVAILABLE_AFTER)));
        } catch (PreflightException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
        job.awaitRunning();
        return job;
    }

    private Result run(
            List<GenericRecord> edits,
            List<ViewText> views,
            LocalStack stack,
            FreshetConfig config,
            JobHandle job,
            long beginNanos)
            throws CommandFailedException, LocalStackException {
        boolean terminal = System.console() != null;
        List<ViewPlan> plans = views.stream().map(ViewText::plan).toList();
        try (OnlineReader reader = OnlineReader.connect(stack.redisUri(), DemoRun.NAMESPACE, TIMEOUT)) {
            DemoRun run = new DemoRun(edits, plans, kafka(stack), reader);
            PrintWriter err = spec.commandLine().getErr();
            LiveTable table = new LiveTable(reader, plans.get(0), err, terminal);
            ServedProbe probe =
                    new ServedProbe(edits, plans, reader, AVAILABLE_AFTER.toMillis(), TrainStage.trained(edits));
            long started = System.nanoTime();
            run.send(
                    Pace.parse(speed),
                    table,
                    Duration.ofSeconds(terminal ? 1 : 5),
                    train ? probe : (edit, producer) -> {});
            run.awaitCommitted(job);
            double seconds = secondsSince(started);
            FreshnessMetrics metrics = new FreshnessMetrics(stack.webUi(), job.jobId());
            double p50 = metrics.millis("median");
            double p99 = metrics.millis("p99");
            err.println("Checking values against the oracle ...");
            err.flush();
            DemoRun.Verdict verdict = run.check(CHECKED, seed);
            verdict.mismatches().stream().limit(20).forEach(err::println);
            Summary summary = new Summary(
                    run.count(DemoRun.TOPIC),
                    verdict.rows(),
                    run.count(DemoRun.NAMESPACE + ".dead-letters"),
                    verdict.online(),
                    p50,
                    p99,
                    seconds,
                    (started - beginNanos) / (double) TimeUnit.SECONDS.toNanos(1),
                    CHECKED,
                    verdict.mismatches().size(),
                    speed,
                    seed);
            return new Result(summary, story(edits, views, stack, config, probe));
        }
    }

    private Optional<Story> story(
            List<GenericRecord> edits, List<ViewText> views, LocalStack stack, FreshetConfig config, ServedProbe probe)
            throws CommandFailedException, LocalStackException {
        if (!train) {
            return Optional.empty();
        }
        PrintWriter err = spec.commandLine().getErr();
        err.println("Making training sets and training ...");
        err.flush();
        return Optional.of(new TrainStage(stack, config, kafka(stack), views, edits).tell(probe));
    }

    private void print(Result result) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter text = json ? spec.commandLine().getErr() : out;
        text.print(result.summary().text());
        result.story().ifPresent(story -> text.print(story.text()));
        spec.commandLine().getErr().flush();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>(result.summary().fields());
            result.story().ifPresent(story -> fields.put("training", story.fields()));
            out.println(new ObjectMapper().writeValueAsString(fields));
        }
        out.flush();
    }

    private static Properties kafka(LocalStack stack) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.bootstrapServers());
        return properties;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
