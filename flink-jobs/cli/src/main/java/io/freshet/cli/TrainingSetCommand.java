/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.DefinitionException;
import io.freshet.history.KafkaRefusal;
import io.freshet.local.EmbeddedFlink;
import io.freshet.local.LocalStackException;
import io.freshet.training.TrainingException;
import io.freshet.training.TrainingOptions;
import io.freshet.training.TrainingPlan;
import io.freshet.training.TrainingPreflight;
import io.freshet.training.TrainingReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet training-set}: the features that were served at the times of labelled rows. */
@Command(
        name = "training-set",
        description = "Join to each labelled row the features that a model would have been served at its time.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the training set is there", "1:the work failed", "2:a file, view, flag or setting is wrong"},
        footer = {
            "",
            "Examples:",
            "  freshet training-set --spine labels.csv --views user_activity --out train.parquet",
            "  freshet training-set --spine labels.parquet --views user_activity:edits,pages_1h,channel_activity"
                    + " --as-of-column labelled_at --max-age 1d --out train.csv"
        })
final class TrainingSetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--spine",
            paramLabel = "FILE",
            description = "Labelled rows: .csv, .parquet or .jsonl, with the fields of the entities and a time.")
    private @Nullable String spine;

    @Option(
            names = "--served",
            paramLabel = "FILE",
            description = "In place of a spine: what a reader logged as served, .jsonl; the training set is of exactly"
                    + " these rows.")
    private @Nullable String served;

    @Option(
            names = "--views",
            required = true,
            paramLabel = "VIEW[:FEATURE,...],...",
            description =
                    "Views to join; behind a colon the features or columns that are wanted. Default: all of a view.")
    private String views = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write: .parquet or .csv.")
    private String out = "";

    @Option(
            names = "--as-of-column",
            paramLabel = "COLUMN",
            defaultValue = TrainingOptions.TIME_COLUMN,
            description = "The spine's column of times. Default: timestamp.")
    private String timeColumn = TrainingOptions.TIME_COLUMN;

    @Option(
            names = "--time-unit",
            paramLabel = "s|ms|us|ns",
            defaultValue = "ms",
            description = "Unit of times that are whole numbers. Default: ms.")
    private String timeUnit = "ms";

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Zone of times that name none, e.g. Europe/Berlin. Default: such times are refused.")
    private @Nullable String timeZone;

    @Option(
            names = "--key",
            paramLabel = "FIELD=COLUMN",
            description = "The spine's column of an entity field, where it has another name; FIELD or VIEW.FIELD.")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Read the archives in that folder, and of the histories what is not in them yet.")
    private @Nullable String archive;

    @Option(
            names = "--max-age",
            paramLabel = "DURATION",
            description = "Rows whose as_of is further back give nulls. Default: no limit.")
    private @Nullable String maxAge;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            description = "Backfilled rows are available that long after their as_of. Default: as they say.")
    private @Nullable String delay;

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            description = "Features as they were that long before the label's time, e.g. 30d. Default: at that time.")
    private @Nullable String horizon;

    @Option(
            names = "--warming",
            paramLabel = "leave-out|keep",
            defaultValue = "leave-out",
            description = "Values of windows that were not full yet: null, or as they were. Default: leave-out.")
    private String warming = "leave-out";

    @Option(
            names = "--request",
            paramLabel = "FIELD=COLUMN",
            description =
                    "The spine's column of a request field of on-demand features, where it has another name; FIELD"
                            + " or VIEW.FIELD.")
    private Map<String, String> requests = new LinkedHashMap<>();

    @Option(
            names = "--ages",
            paramLabel = "read|stored",
            defaultValue = "read",
            description = "Ages and decayed values as of the label's time, or as the store holds them. Default: read.")
    private String ages = "read";

    @Option(names = "--overwrite", description = "Replace the file if it is there.")
    private boolean overwrite;

    @Option(names = "--json", description = "The report as one JSON object.")
    private boolean json;

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, LocalStackException, InterruptedException,
                    JsonProcessingException {
        Settings settings;
        TrainingPlan plan;
        try {
            TrainingOptions wanted = wanted();
            settings = options.read();
            plan = plan(settings, wanted);
        } catch (TrainingException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandFailedException.wrongInput("Cannot read the spine: " + Reading.reason(e));
        }
        try {
            print(run(plan, settings.config().flink().parallelism()));
        } finally {
            removeLeftovers(plan);
        }
        return Freshet.OK;
    }

    private static void removeLeftovers(TrainingPlan plan) throws CommandFailedException {
        try {
            plan.removeLeftovers();
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot remove what is left of the file: " + Reading.reason(e));
        }
    }

    private static TrainingPlan plan(Settings settings, TrainingOptions wanted)
            throws CommandFailedException, DefinitionException, TrainingException, IOException {
        try {
            return TrainingPreflight.run(settings.kafka(), settings.config(), settings.views(), wanted);
        } catch (KafkaException e) {
            throw CommandFailedException.failed("Cannot read the histories on Kafka at "
                    + settings.config().kafka().bootstrap() + ": " + KafkaRefusal.reason(e));
        }
    }

    private TrainingReport run(TrainingPlan plan, int parallelism) throws LocalStackException, InterruptedException {
        try (EmbeddedFlink flink = EmbeddedFlink.start(0, parallelism);
                Progress progress = Progress.of("rows", plan.historyRows(), options.environment())) {
            Map<String, Long> counts = progress.follow(
                    flink.run(plan.job()), so -> TrainingReport.of(plan, so).historyRows());
            return TrainingReport.of(plan, counts);
        }
    }

    private void print(TrainingReport report) throws JsonProcessingException {
        PrintWriter text = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("out", out);
            fields.put("rows", report.rows());
            fields.put("without_time", report.withoutTime());
            fields.put(
                    "views",
                    report.views().stream().map(TrainingReport.OfView::fields).toList());
            text.println(new ObjectMapper().writeValueAsString(fields));
        } else {
            text.println(TrainingTable.of(report, out));
        }
        text.flush();
        for (TrainingReport.OfView view : report.views()) {
            if (view.matched() == 0) {
                spec.commandLine()
                        .getErr()
                        .println("Warning: view '" + view.view() + "' gave nothing: none of its " + view.historyRows()
                                + " rows was available at a time of the spine");
            }
        }
    }

    private TrainingOptions wanted() throws TrainingException {
        Map<String, String> given = new HashMap<>(Map.of(
                "--views",
                views,
                "--out",
                out,
                "--as-of-column",
                timeColumn,
                "--time-unit",
                timeUnit,
                "--warming",
                warming,
                "--ages",
                ages));
        put(given, "--spine", spine);
        put(given, "--served", served);
        put(given, "--time-zone", timeZone);
        put(given, "--archive", archive);
        put(given, "--max-age", maxAge);
        put(given, "--delay", delay);
        put(given, "--horizon", horizon);
        return TrainingOptions.read(given, keys, requests, overwrite);
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
