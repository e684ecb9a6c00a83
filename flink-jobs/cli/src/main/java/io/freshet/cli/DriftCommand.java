/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.drift.Comparison;
import io.freshet.cli.drift.DriftJson;
import io.freshet.cli.drift.DriftPage;
import io.freshet.cli.drift.DriftText;
import io.freshet.cli.drift.HistorySides;
import io.freshet.cli.drift.RowChoice;
import io.freshet.cli.drift.Side;
import io.freshet.cli.drift.TimeRange;
import io.freshet.cli.drift.TrainingSet;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewPlan;
import io.freshet.drift.DriftReport;
import io.freshet.table.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet drift}: whether a view's columns are distributed as they were. */
@Command(
        name = "drift",
        description =
                "Tell whether the columns of a view are distributed as they were: served rows of two ranges of its"
                        + " history, or training sets.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:no column drifts",
            "1:a threshold is crossed, or there are no rows to compare",
            "2:wrong usage, or a wrong definition"
        },
        footer = {
            "",
            "A RANGE is FROM..TO, of days or times of as_of in UTC; either may be left out. Or 'last 7d', or 'last 7d",
            "offset 7d' for the 7 days before those. A FILE is CSV, JSON lines or Parquet with columns VIEW__COLUMN.",
            "Thresholds are the view's: 'drift' in its definition.",
            "",
            "Examples:",
            "  freshet drift user_activity --baseline 'last 7d offset 7d' --against 'last 7d' --html drift.html",
            "  freshet drift user_activity --baseline train.parquet --against 'last 1d'",
            "  freshet drift user_activity --baseline 2026-01-01..2026-02-01 --against 'last 7d' --archive archive",
            "  freshet drift user_activity --baseline may.parquet --against june.parquet --label is_robot"
        })
final class DriftCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--baseline", required = true, paramLabel = "RANGE|FILE", description = "What it was.")
    private String baseline = "";

    @Option(names = "--against", required = true, paramLabel = "RANGE|FILE", description = "What it is.")
    private String against = "";

    @Option(
            names = "--rows",
            defaultValue = "ALL",
            paramLabel = "WHICH",
            description = "Rows of the history that count: all that were logged, those that events made, or the last of"
                    + " each of the entities. One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private RowChoice rows = RowChoice.ALL;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description =
                    "Column of both files that says what happened: also tells how the relation of each column to it"
                            + " changed.")
    private Optional<String> label = Optional.empty();

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description = "Column of the files that tells of when a row is. Default: VIEW__as_of, else timestamp.")
    private Optional<String> time = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Where 'last 7d' ends. Default: now.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description = "Of ranges, read the archive in that folder, and of the history what is not in it yet.")
    private Optional<String> archive = Optional.empty();

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with plots, in one file.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Parameters(
            index = "0",
            paramLabel = "VIEW",
            completionCandidates = ViewNames.class,
            description = "Name of the view.")
    private String viewName = "";

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        Settings settings = options.read();
        ViewPlan view = settings.view(viewName);
        List<Side> sides = sides(settings, view);
        DriftReport report = DriftReport.compare(
                sides.get(0).profile(), sides.get(1).profile(), view.view().drift());
        Comparison comparison = new Comparison(viewName, sides.get(0), sides.get(1), report);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(DriftJson.of(comparison)));
        } else {
            out.print(DriftText.of(comparison));
        }
        out.flush();
        if (html != null) {
            write(html, DriftPage.of(comparison));
        }
        return report.isDrift() ? Freshet.FAILED : Freshet.OK;
    }

    /** The baseline and the other, files read each for itself and ranges in one pass over the history. */
    private List<Side> sides(Settings settings, ViewPlan view) throws CommandFailedException {
        List<String> sources = List.of(baseline, against);
        List<TimeRange> ranges = new ArrayList<>();
        for (String source : sources) {
            if (!isFile(source)) {
                ranges.add(range(source));
            }
        }
        if (label.isPresent() && !ranges.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot compare labels of '" + ranges.get(0).text()
                            + "': a history has none; --label is for two training sets");
        }
        if (archive.isPresent() && ranges.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot use --archive with two files: it is read where --baseline or --against is a range");
        }
        List<Side> files = new ArrayList<>();
        for (String source : sources) {
            if (isFile(source)) {
                files.add(TrainingSet.read(view, source, label, time));
            }
        }
        List<Side> histories = ranges.isEmpty()
                ? List.of()
                : new HistorySides(view, rows)
                        .read(
                                new HistoryReader(
                                        settings.kafka(), settings.config().namespace(), view, archive),
                                ranges);
        if (ranges.size() == 1) {
            return isFile(baseline) ? List.of(files.get(0), histories.get(0)) : List.of(histories.get(0), files.get(0));
        }
        return ranges.isEmpty() ? files : histories;
    }

    private static boolean isFile(String source) {
        return TableFormat.of(source).isPresent();
    }

    private TimeRange range(String source) {
        try {
            return TimeRange.parse(source, until.isPresent() ? Instant.parse(until.get()) : Instant.now());
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Cannot read --until '" + until.orElse("") + "': expected a time such as 2026-01-31T12:00:00Z",
                    e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), e.getMessage() + "; or a file that ends in " + TableFormat.ENDINGS, e);
        }
    }

    private void write(Path file, String page) throws CommandFailedException {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw CommandFailedException.failed("Cannot write the page: " + Reading.reason(e));
        }
        spec.commandLine().getErr().println("Wrote " + file);
    }
}
