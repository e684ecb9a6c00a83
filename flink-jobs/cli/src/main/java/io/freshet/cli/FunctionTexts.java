/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import io.freshet.function.reference.Example;
import io.freshet.function.reference.ReferencePages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions as people and programs read them. */
final class FunctionTexts {

    private static final List<String> HEADINGS =
            List.of("function", "inputs", "result", "error", "state", "parameters");

    private FunctionTexts() {}

    /** The functions of a group, one a line below headings; a blank line ends it. */
    static List<String> table(Group group, Collection<FeatureFunction> functions) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        functions.stream()
                .filter(function -> function.description().group() == group)
                .forEach(function -> rows.add(cells(function)));
        List<String> lines = new ArrayList<>();
        lines.add(ReferencePages.title(group) + " (" + ReferencePages.name(group) + ")");
        rows.forEach(row -> lines.add(line(row, rows)));
        lines.add("");
        return lines;
    }

    private static List<String> cells(FeatureFunction function) {
        Description about = function.description();
        String parameters =
                function.parameters().stream().map(FunctionTexts::brief).collect(Collectors.joining(", "));
        return List.of(function.label(), about.inputs(), about.result(), about.error(), about.state(), parameters);
    }

    /** {@code k=10} where there is a default, {@code by} where a view must give it. */
    private static String brief(Parameter parameter) {
        return parameter.name()
                + parameter.otherwise().map(value -> "=" + value).orElse("");
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            int column = i;
            int width = rows.stream()
                    .mapToInt(each -> each.get(column).length())
                    .max()
                    .orElse(0);
            line.append("  ")
                    .append(row.get(i))
                    .append(" ".repeat(width - row.get(i).length()));
        }
        return line.toString().stripTrailing();
    }

    /** All about one function. */
    static List<String> all(FeatureFunction function) {
        Description about = function.description();
        List<String> lines = new ArrayList<>();
        lines.add(function.label() + ": " + about.summary());
        lines.add("");
        add(lines, "definition", about.definition());
        add(lines, "group", ReferencePages.name(about.group()));
        add(lines, "inputs", about.inputs());
        function.parameters().forEach(parameter -> add(lines, parameter.name(), ReferencePages.facts(parameter)));
        add(lines, "result", about.result());
        add(lines, "of nothing", about.ofNothing());
        add(lines, "error", about.error());
        add(lines, "state", about.state());
        Example.of(function).ifPresent(example -> add(lines, "example", example.yaml()));
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add("  %-12s  %s".formatted(name, value));
        }
    }

    /** All about one function, by name of the fact. */
    static Map<String, @Nullable Object> fields(FeatureFunction function) {
        Description about = function.description();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("function", function.label());
        fields.put("group", ReferencePages.name(about.group()));
        fields.put("summary", about.summary());
        fields.put("definition", about.definition());
        fields.put("inputs", about.inputs());
        fields.put("takes_events", function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS);
        fields.put(
                "parameters",
                function.parameters().stream().map(FunctionTexts::fields).toList());
        fields.put("result", about.result());
        fields.put("of_nothing", about.ofNothing());
        fields.put("error", about.error());
        fields.put("state", about.state());
        fields.put("example", Example.of(function).map(Example::yaml).orElse(null));
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Parameter parameter) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", parameter.name());
        fields.put("kind", parameter.kind().name().toLowerCase(Locale.ROOT));
        fields.put("default", parameter.otherwise().orElse(null));
        fields.put("summary", parameter.summary());
        return fields;
    }
}
