/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.definition.FeatureJsonSchema;
import io.freshet.expression.Spelling;
import io.freshet.function.Description;
import io.freshet.function.FeatureFunction;
import io.freshet.function.FunctionPages;
import io.freshet.function.Functions;
import io.freshet.function.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet functions}: lists what a view can compute. */
@Command(
        name = "functions",
        description = "List the functions that a view can compute, those of your own jars too.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:there is no such function"},
        footer = {
            "",
            "Functions of your own: put their jars into the folder functions/ beside freshet.yaml, or name them in",
            "FRESHET_FUNCTIONS.",
            "",
            "Examples:",
            "  freshet functions",
            "  freshet functions top_k",
            "  freshet functions --group time",
            "  freshet functions --schema > feature-view.schema.json"
        })
final class FunctionsCommand implements Callable<Integer> {

    private static final String SCHEMA = "/io/freshet/schemas/feature-view.schema.json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print one JSON array, an object for each function.")
    private boolean json;

    @Option(
            names = "--schema",
            description = "Print the JSON Schema of views for editors, which knows all functions that there are here.")
    private boolean schema;

    @Option(names = "--group", paramLabel = "GROUP", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Optional<Description.Group> group = Optional.empty();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Tell all about this function.")
    private Optional<String> name = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (schema) {
            if (json || group.isPresent() || name.isPresent()) {
                throw new ParameterException(
                        spec.commandLine(), "Cannot use --schema with another choice: it tells all");
            }
            out.println(viewSchema());
            return Freshet.OK;
        }
        List<FeatureFunction> functions = name.isPresent()
                ? List.of(named(name.get()))
                : Functions.all().functions().stream()
                        .filter(each -> group.isEmpty()
                                || group.get() == each.description().group())
                        .toList();
        if (json) {
            out.println(new ObjectMapper()
                    .writeValueAsString(
                            functions.stream().map(FunctionsCommand::fields).toList()));
        } else if (name.isPresent()) {
            fields(functions.get(0)).forEach((key, value) -> tell(out, key, value));
        } else {
            table(functions, out);
        }
        return Freshet.OK;
    }

    private static String viewSchema() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (InputStream in = FeatureFunction.class.getResourceAsStream(SCHEMA)) {
            ObjectNode schema = (ObjectNode) mapper.readTree(in);
            ((ObjectNode) schema.get("$defs"))
                    .set(
                            "feature",
                            mapper.valueToTree(
                                    FeatureJsonSchema.of(Functions.all().functions())));
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(schema);
        }
    }

    private FeatureFunction named(String label) {
        return Functions.all()
                .find(label)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Unknown function '" + label + "'"
                                + Spelling.suggestion(label, Functions.all().labels())));
    }

    private static void tell(PrintWriter out, String key, Object value) {
        if (value instanceof Map<?, ?> parameters) {
            parameters.forEach((parameter, meaning) -> tell(out, "  " + parameter, meaning));
        } else if (!value.equals("")) {
            out.printf("%-16s %s%n", key, value);
        }
    }

    private static void table(List<FeatureFunction> functions, PrintWriter out) {
        String row = "%-13s %-22s %-34s %-17s %-9s %-34s %s%n";
        out.printf(row, "GROUP", "FUNCTION", "INPUTS", "RESULT", "NOTHING", "ERROR", "STATE");
        for (Description.Group each : Description.Group.values()) {
            for (FeatureFunction function : functions) {
                Description of = function.description();
                if (of.group() == each) {
                    out.printf(
                            row,
                            groupName(of),
                            call(function),
                            cut(of.inputs(), 34),
                            cut(of.result(), 17),
                            of.ofNothing(),
                            cut(of.error(), 34),
                            of.state());
                }
            }
        }
    }

    private static String call(FeatureFunction function) {
        String required = function.parameters().stream()
                .filter(parameter -> parameter.otherwise().isEmpty())
                .map(Parameter::name)
                .collect(Collectors.joining(", "));
        return required.isEmpty() ? function.label() : function.label() + " (" + required + ")";
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 3) + "...";
    }

    private static String groupName(Description of) {
        return of.group().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> fields(FeatureFunction function) {
        Description of = function.description();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", function.label());
        fields.put("group", groupName(of));
        fields.put("summary", of.summary());
        fields.put("definition", of.definition());
        fields.put("inputs", of.inputs());
        Map<String, String> parameters = new LinkedHashMap<>();
        function.parameters()
                .forEach(parameter -> parameters.put(parameter.name(), FunctionPages.parameter(parameter)));
        fields.put("parameters", parameters);
        fields.put("result", of.result());
        fields.put("of_nothing", of.ofNothing());
        fields.put("error", of.error());
        fields.put("state", of.state());
        fields.put("example", FunctionPages.example(function));
        return fields;
    }
}
