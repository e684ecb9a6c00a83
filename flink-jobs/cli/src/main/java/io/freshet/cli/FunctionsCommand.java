/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.definition.FeatureJsonSchema;
import io.freshet.expression.Spelling;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Functions;
import io.freshet.function.reference.ReferencePages;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet functions}: what a view can compute, the functions of jars on the class path included. */
@Command(
        name = "functions",
        description = "Show the functions that features can name, or all about one.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:there is no such function or group"},
        footer = {
            "",
            "Functions of your own: put their jars into functions/ beside freshet.yaml, or name a class path in",
            "FRESHET_FUNCTIONS.",
            "",
            "Examples:",
            "  freshet functions",
            "  freshet functions mean",
            "  freshet functions --group distribution --json",
            "  freshet functions --schema > feature-view.schema.json"
        })
final class FunctionsCommand implements Callable<Integer> {

    private static final String SCHEMA = "/io/freshet/schemas/feature-view.schema.json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A function. Default: all.")
    private @Nullable String name;

    @Option(names = "--group", paramLabel = "G", description = "Only this group: ${COMPLETION-CANDIDATES}.")
    private @Nullable Group group;

    @ArgGroup
    private Form form = new Form();

    /** In which form; a table for people where none is chosen. */
    private static final class Form {
        @Option(names = "--json", description = "One JSON object per function, one a line.")
        private boolean json;

        @Option(names = "--markdown", description = "Pages of a reference, in Markdown.")
        private boolean markdown;

        @Option(
                names = "--schema",
                description = "The JSON Schema of feature views for editors, with all functions that there are here.")
        private boolean schema;
    }

    @Override
    public Integer call() throws CommandFailedException, IOException {
        Collection<FeatureFunction> functions = selected();
        PrintWriter out = spec.commandLine().getOut();
        if (form.schema) {
            out.println(schema(functions));
        } else if (form.json) {
            ObjectMapper mapper = new ObjectMapper();
            for (FeatureFunction function : functions) {
                out.println(mapper.writeValueAsString(FunctionTexts.fields(function)));
            }
        } else if (form.markdown) {
            out.print(markdown(functions));
        } else if (name != null) {
            functions.forEach(function -> FunctionTexts.all(function).forEach(out::println));
        } else {
            for (Group each : groups(functions)) {
                FunctionTexts.table(each, functions).forEach(out::println);
            }
        }
        out.flush();
        return Freshet.OK;
    }

    private Collection<FeatureFunction> selected() throws CommandFailedException {
        Functions all = Functions.all();
        if (name != null) {
            String asked = name;
            return List.of(all.find(asked)
                    .orElseThrow(() -> CommandFailedException.wrongInput("Cannot show function '" + asked
                            + "': there is none of that name" + Spelling.suggestion(asked, all.labels())
                            + " ('freshet functions' lists all)")));
        }
        return all.functions().stream()
                .filter(function -> group == null || function.description().group() == group)
                .toList();
    }

    private static List<Group> groups(Collection<FeatureFunction> functions) {
        return Arrays.stream(Group.values())
                .filter(group -> functions.stream()
                        .anyMatch(function -> function.description().group() == group))
                .toList();
    }

    private String markdown(Collection<FeatureFunction> functions) {
        return name != null
                ? functions.stream().map(ReferencePages::section).collect(Collectors.joining())
                : groups(functions).stream()
                        .map(each -> ReferencePages.page(each, functions))
                        .collect(Collectors.joining("\n"));
    }

    private static String schema(Collection<FeatureFunction> functions) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = FeatureFunction.class.getResourceAsStream(SCHEMA)) {
            ObjectNode schema = (ObjectNode) mapper.readTree(in);
            ((ObjectNode) schema.get("$defs")).set("feature", mapper.valueToTree(FeatureJsonSchema.of(functions)));
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
        }
    }
}
