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
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.job.JobSpec;
import io.freshet.job.PreflightException;
import io.freshet.local.JobHandle;
import io.freshet.local.LocalStack;
import io.freshet.local.LocalStackException;
import io.freshet.operator.AvailableAt;
import io.freshet.schemas.WikipediaEdit;
import io.freshet.source.EventRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        footer = {"", "Examples:", "  freshet demo", "  freshet demo --speed max --json | tail -1"})
public final class DemoCommand implements Callable<Integer> {

    private static final List<String> VIEWS = List.of("user_activity", "channel_activity", "page_activity");
    private static final String DAY_IN_30_S = "2880";
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
        List<ViewText> views = views();
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
                            "flink.state",
                            state,
                            // One partition of events, three views, two cores: more tasks would only wait.
                            "flink.parallelism",
                            "1",
                            "flink.buffer_timeout",
                            "5ms"));
            err.println("flink  " + stack.webUi());
            err.flush();
            JobHandle job = startJob(stack, config, views);
            Summary summary = run(edits, views, stack, job, begin);
            print(summary);
            if (keep) {
                err.println("kafka  " + stack.bootstrapServers() + "\nredis  " + stack.redisUri()
                        + "\nTry:   redis-cli -p "
                        + stack.redisUri().replaceFirst(".*:", "") + " HGETALL 'freshet:channel_activity:#en.wikipedia'"
                        + "\nCtrl-C stops all of it.");
                err.flush();
                new CountDownLatch(1).await();
            }
            return summary.mismatches() == 0 ? Freshet.OK : Freshet.FAILED;
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
            job = stack.run(JobSpec.prepare(config, views, range, new AvailableAt.Delayed(Duration.ofSeconds(1))));
        } catch (PreflightException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
        job.awaitRunning();
        return job;
    }

    private Summary run(
            List<GenericRecord> edits, List<ViewText> views, LocalStack stack, JobHandle job, long beginNanos)
            throws CommandFailedException, LocalStackException {
        boolean terminal = System.console() != null;
        List<ViewPlan> plans = views.stream().map(ViewText::plan).toList();
        try (OnlineReader reader = OnlineReader.connect(stack.redisUri(), DemoRun.NAMESPACE, TIMEOUT)) {
            DemoRun run = new DemoRun(edits, plans, kafka(stack), reader);
            PrintWriter err = spec.commandLine().getErr();
            LiveTable table = new LiveTable(reader, plans.get(0), err, terminal);
            long started = System.nanoTime();
            run.send(Pace.parse(speed), table, Duration.ofSeconds(terminal ? 1 : 5));
            run.awaitCommitted(job);
            double seconds = secondsSince(started);
            FreshnessMetrics metrics = new FreshnessMetrics(stack.webUi(), job.jobId());
            double p50 = metrics.millis("median");
            double p99 = metrics.millis("p99");
            err.println("Checking values against the oracle ...");
            err.flush();
            DemoRun.Verdict verdict = run.check(CHECKED, seed);
            verdict.mismatches().stream().limit(20).forEach(err::println);
            return new Summary(
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
        }
    }

    private void print(Summary summary) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        (json ? spec.commandLine().getErr() : out).print(summary.text());
        spec.commandLine().getErr().flush();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(summary.fields()));
        }
        out.flush();
    }

    private static List<ViewText> views() throws CommandFailedException, DefinitionException {
        String schema = WikipediaEdit.getClassSchema().toString();
        Schemas schemas = new Schemas(Map.of("WikipediaEdit", schema));
        List<ViewText> views = new ArrayList<>();
        for (String name : VIEWS) {
            String file = name + ".yaml";
            try (InputStream in = DemoCommand.class.getResourceAsStream("views/" + file)) {
                if (in == null) {
                    throw CommandFailedException.failed(
                            "Cannot find the demo's view " + file + ": the build is broken");
                }
                views.add(ViewText.of(file, new String(in.readAllBytes(), StandardCharsets.UTF_8), schemas));
            } catch (IOException e) {
                throw CommandFailedException.failed("Cannot read the demo's view " + file + ": " + e.getMessage());
            }
        }
        return views;
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
