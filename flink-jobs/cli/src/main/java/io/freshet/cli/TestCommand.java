/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.viewtest.TestResult;
import io.freshet.cli.viewtest.ViewTests;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Problem;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet test}: users' own tests of their views. */
@Command(
        name = "test",
        description = {
            "Run tests of feature views: events, and the features that they must give.",
            "Events go through the code of the job, without Kafka, Redis or Flink; all failures are told at once."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is as expected", "1:something is not", "2:a test, view or setting is wrong"},
        footer = {
            "",
            "A file of tests names its view, and in each step an event or a time, and what is expected then:",
            "",
            "  view: customer_spending",
            "  start: 2026-01-31T12:00:00Z",
            "  tests:",
            "    - test: a purchase counts for an hour",
            "      steps:",
            "        - event: {time: +0s, customer: Ann, amount: 10.00}",
            "          expect: {purchases_1h: 1, spent_1h: 10.00}",
            "        - at: +1h1m",
            "          expect: {Ann: {purchases_1h: 0, spent_1h: null}, Bob: absent}",
            "",
            "Examples:",
            "  freshet test",
            "  freshet test tests/customer_spending.yaml",
            "  freshet test --json | jq '.tests[] | select(.passed | not)'"
        })
final class TestCommand implements Callable<Integer> {

    private static final String FOLDER = "tests";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "Print one JSON object: passed, failed, tests with their failures.")
    private boolean json;

    @Parameters(paramLabel = "FILE|DIR", description = "Tests to run. Default: the folder tests beside the settings.")
    private List<Path> places = new ArrayList<>();

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        Settings settings = options.read();
        List<Path> files = ViewFiles.in(
                places.isEmpty() ? List.of(settings.folder().resolve(FOLDER)) : places, "tests of feature views");
        List<TestResult> results = run(files, plans(settings));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(fields(results)));
        } else {
            print(results, out);
        }
        out.flush();
        long failed = failed(results);
        spec.commandLine()
                .getErr()
                .println(results.size() + (results.size() == 1 ? " test: " : " tests: ") + (results.size() - failed)
                        + " passed, " + failed + " failed");
        return failed == 0 ? Freshet.OK : Freshet.FAILED;
    }

    private static Map<String, ViewPlan> plans(Settings settings) throws CommandFailedException, DefinitionException {
        Map<String, ViewPlan> plans = new HashMap<>();
        for (ViewText view : settings.views()) {
            ViewPlan plan = view.plan();
            plans.put(plan.view().name(), plan);
        }
        return plans;
    }

    /** All tests of all files; where a file is wrong none counts, and what is wrong with any file is told. */
    private static List<TestResult> run(List<Path> files, Map<String, ViewPlan> plans)
            throws CommandFailedException, DefinitionException {
        List<TestResult> results = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Path file : files) {
            try {
                results.addAll(ViewTests.run(file.toString(), ViewFiles.text(file, "a file of tests"), plans));
            } catch (DefinitionException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new DefinitionException(problems);
        }
        return results;
    }

    private static long failed(List<TestResult> results) {
        return results.stream().filter(result -> !result.passed()).count();
    }

    private static void print(List<TestResult> results, PrintWriter out) {
        String file = "";
        for (TestResult result : results) {
            if (!result.file().equals(file)) {
                file = result.file();
                out.println(file);
            }
            out.println((result.passed() ? "  ok    " : "  FAIL  ") + result.name());
        }
        for (TestResult result : results) {
            for (TestResult.Failure failure : result.failures()) {
                out.println();
                out.println(failure.problem().render());
            }
        }
    }

    private static Map<String, Object> fields(List<TestResult> results) {
        long failed = failed(results);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("passed", results.size() - failed);
        fields.put("failed", failed);
        fields.put("tests", results.stream().map(TestCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(TestResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", result.file());
        fields.put("line", result.line());
        fields.put("view", result.view());
        fields.put("test", result.name());
        fields.put("passed", result.passed());
        fields.put(
                "failures", result.failures().stream().map(TestCommand::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(TestResult.Failure failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", failure.problem().line());
        fields.put("column", failure.problem().column());
        fields.put("message", failure.problem().message());
        fields.put("expected", failure.expected());
        fields.put("actual", failure.actual());
        return fields;
    }
}
