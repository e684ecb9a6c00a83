/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function.reference;

import io.freshet.function.Description;
import io.freshet.function.Description.Group;
import io.freshet.function.FeatureFunction;
import io.freshet.function.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The reference of functions in Markdown: a page for each group. */
public final class ReferencePages {

    private ReferencePages() {}

    /** A group as its page and {@code --group} name it. */
    public static String name(Group group) {
        return group.name().toLowerCase(Locale.ROOT);
    }

    /** What the functions of a group are about, in a few words. */
    public static String title(Group group) {
        return switch (group) {
            case BASIC -> "Basic functions";
            case STATISTICS -> "Statistics of one or two fields";
            case DISTRIBUTION -> "Distinct values, frequencies, percentiles";
            case ORDER -> "Values by order of time or size";
            case TIME -> "Ages, rates, decayed values";
            case VECTOR -> "Vectors";
            case OTHER -> "Functions of your own jars";
        };
    }

    /** The page of a group: a list of its functions, then each. */
    public static String page(Group group, Collection<FeatureFunction> all) {
        List<FeatureFunction> functions = all.stream()
                .filter(function -> function.description().group() == group)
                .toList();
        StringBuilder page = new StringBuilder("# ").append(title(group)).append("\n\n");
        if (group != Group.OTHER) {
            page.append("Made from the functions' descriptions by `ReferencePagesTest`: do not edit.")
                    .append(" [How to read it](README.md).\n\n");
        }
        page.append("| function | gives | of nothing | error |\n| --- | --- | --- | --- |\n");
        for (FeatureFunction function : functions) {
            Description about = function.description();
            page.append("| [`").append(function.label()).append("`](#").append(function.label());
            page.append(") | ").append(cell(about.summary())).append(" | ").append(cell(about.ofNothing()));
            page.append(" | ").append(cell(about.error())).append(" |\n");
        }
        functions.forEach(function -> page.append('\n').append(section(function)));
        return page.toString();
    }

    /** All about one function. */
    public static String section(FeatureFunction function) {
        Description about = function.description();
        StringBuilder text = new StringBuilder("## ").append(function.label()).append("\n\n");
        text.append(plain(about.summary())).append(".\n\n| | |\n| --- | --- |\n");
        row(text, "definition", cell(about.definition()));
        row(text, "inputs", cell(about.inputs()));
        function.parameters().forEach(parameter -> row(text, "`" + parameter.name() + "`", cell(facts(parameter))));
        row(text, "result", cell(about.result()));
        row(text, "of nothing", cell(about.ofNothing()));
        row(text, "error", cell(about.error()));
        row(text, "state", cell(about.state()));
        Example.of(function)
                .ifPresent(example ->
                        text.append("\n```yaml\n").append(example.yaml()).append("\n```\n"));
        return text.toString();
    }

    /** A parameter in words: {@code a whole number, default 10: how many values}. */
    public static String facts(Parameter parameter) {
        String kind = switch (parameter.kind()) {
            case INPUT -> "a field of the event, or CEL over it";
            case COUNT -> "a whole number";
            case NUMBER -> "a number";
            case DURATION -> "a duration";
        };
        String otherwise =
                parameter.otherwise().map(value -> ", default " + value).orElse(", required");
        return kind + otherwise + ": " + parameter.summary();
    }

    private static void row(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("| ").append(name).append(" | ").append(value).append(" |\n");
        }
    }

    /** Text in a cell of a table: characters that Markdown or HTML would take as its own are escaped. */
    private static String cell(String text) {
        return plain(text).lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private static String plain(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replaceAll("([\\\\|*_\\[\\]`])", "\\\\$1");
    }
}
