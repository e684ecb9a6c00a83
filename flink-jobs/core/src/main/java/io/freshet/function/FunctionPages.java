/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.function;

import java.util.List;
import java.util.Locale;

/** Pages of reference on functions in Markdown, made from what the functions say of themselves. */
public final class FunctionPages {

    private FunctionPages() {}

    /** The page of a group; ends with a line break. */
    public static String page(Description.Group group) {
        StringBuilder page = new StringBuilder();
        String name = group.name().toLowerCase(Locale.ROOT);
        page.append("# Functions: ").append(name).append("\n\n");
        page.append(
                        "Made from what the functions say of themselves. The meaning of windows, nulls and parameters that all\n")
                .append("functions share: [README.md](README.md).\n");
        for (FeatureFunction function : of(group)) {
            page.append('\n').append(section(function));
        }
        return page.toString();
    }

    /** The functions of a group, by name. */
    public static List<FeatureFunction> of(Description.Group group) {
        return Functions.all().functions().stream()
                .filter(function -> function.description().group() == group)
                .toList();
    }

    private static String section(FeatureFunction function) {
        Description of = function.description();
        StringBuilder section = new StringBuilder("## `" + function.label() + "`\n\n" + of.summary() + ".\n\n");
        section.append("    name: ").append(example(function)).append("\n\n");
        section.append("| | |\n| --- | --- |\n");
        line(section, "definition", of.definition());
        line(section, "inputs", of.inputs());
        line(section, "result", of.result());
        line(section, "of nothing", of.ofNothing());
        line(section, "error", of.error());
        line(section, "state", of.state());
        for (Parameter parameter : function.parameters()) {
            line(section, "`" + parameter.name() + "`", parameter(parameter));
        }
        return section.toString();
    }

    private static void line(StringBuilder section, String head, String text) {
        if (!text.isEmpty()) {
            section.append("| ")
                    .append(head)
                    .append(" | ")
                    .append(text.replace("|", "\\|"))
                    .append(" |\n");
        }
    }

    /** What a parameter takes, its default, what it means. */
    public static String parameter(Parameter parameter) {
        String kind = switch (parameter.kind()) {
            case INPUT -> "a field, or CEL over the event";
            case COUNT -> "a whole number";
            case NUMBER -> "a number";
            case DURATION -> "a duration such as `1h`";
        };
        String otherwise =
                parameter.otherwise().map(text -> ", default " + text).orElse(", required");
        return parameter.summary() + "; " + kind + otherwise;
    }

    /** How a view calls the function. */
    public static String example(FeatureFunction function) {
        boolean events = function.mainInput() == FeatureFunction.MainInput.VALUES_OR_EVENTS;
        StringBuilder call = new StringBuilder("{" + function.label() + ": " + (events ? "\"*\"" : "field"));
        for (Parameter parameter : function.parameters()) {
            if (parameter.otherwise().isEmpty()) {
                String value = switch (parameter.kind()) {
                    case INPUT -> "other_field";
                    case COUNT -> "3";
                    case NUMBER -> "0.5";
                    case DURATION -> "1h";
                };
                call.append(", ").append(parameter.name()).append(": ").append(value);
            }
        }
        return call.append("}").toString();
    }
}
