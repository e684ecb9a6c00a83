/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.Limits;
import io.freshet.definition.Problem;
import io.freshet.definition.Schemas;
import io.freshet.definition.ViewText;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet validate}: tells all that is wrong with feature views, before anything runs. */
@Command(
        name = "validate",
        description = "Check feature views against their schemas; all that is wrong is told at once.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all are right", "2:something is wrong"},
        footer = {"", "Example:", "  freshet validate deploy/demo/views"})
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "Print one JSON array of problems: file, line, column, message.")
    private boolean json;

    @Parameters(paramLabel = "FILE|DIR", description = "Views to check. Default: those of the settings.")
    private List<Path> places = new ArrayList<>();

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        Settings settings = options.read();
        List<Path> files = ViewFiles.in(
                places.isEmpty()
                        ? List.of(settings.folder().resolve(settings.config().views()))
                        : places);
        List<Problem> problems =
                problems(files, settings.schemas(), settings.config().limits());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper()
                    .writeValueAsString(
                            problems.stream().map(ValidateCommand::fields).toList()));
        } else {
            problems.forEach(problem -> out.println(problem.render()));
        }
        spec.commandLine()
                .getErr()
                .println(
                        problems.isEmpty()
                                ? files.size() + " of " + files.size() + " views are right"
                                : problems.size() + (problems.size() == 1 ? " problem" : " problems"));
        return problems.isEmpty() ? Freshet.OK : Freshet.WRONG_INPUT;
    }

    private static List<Problem> problems(List<Path> files, Schemas schemas, Limits limits)
            throws CommandFailedException {
        List<Problem> problems = new ArrayList<>();
        List<ViewText> right = new ArrayList<>();
        for (Path file : files) {
            try {
                right.add(ViewText.of(file.toString(), ViewFiles.text(file), schemas, limits));
            } catch (DefinitionException e) {
                problems.addAll(e.problems());
            }
        }
        try {
            ViewText.checkTogether(right);
        } catch (DefinitionException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }

    private static Map<String, Object> fields(Problem problem) {
        return Map.of(
                "file", problem.file(),
                "line", problem.line(),
                "column", problem.column(),
                "message", problem.message());
    }
}
