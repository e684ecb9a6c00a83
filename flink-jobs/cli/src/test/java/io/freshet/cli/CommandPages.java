/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference of all commands, made of what they say of themselves. */
final class CommandPages {

    private static final String COMMON_OF = "validate";
    private static final List<String> COMMON = List.of("--config", "--set", "--debug", "--help", "--version");

    private CommandPages() {}

    /** The page. */
    static String page(CommandLine root) {
        StringBuilder page = new StringBuilder("# Commands\n\n"
                + "`freshet COMMAND --help` says the same; this page is made from the code.\n\n"
                + "| command | |\n| --- | --- |\n");
        root.getSubcommands()
                .forEach((name, line) -> page.append("| [`")
                        .append(name)
                        .append("`](#freshet-")
                        .append(name)
                        .append(") | ")
                        .append(cell(line.getCommandSpec().usageMessage().description()[0]))
                        .append(" |\n"));
        page.append("\n## Options of many commands\n\n");
        CommandSpec common =
                requireNonNull(root.getSubcommands().get(COMMON_OF)).getCommandSpec();
        options(page, common.options().stream().filter(CommandPages::isCommon).toList());
        root.getSubcommands().forEach((name, line) -> command(page, name, line));
        return page.toString();
    }

    private static boolean isCommon(OptionSpec option) {
        return Arrays.stream(option.names()).anyMatch(COMMON::contains);
    }

    private static void command(StringBuilder page, String name, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        CommandLine.Help help = new CommandLine.Help(spec, CommandLine.Help.defaultColorScheme(Ansi.OFF));
        page.append("\n## freshet ").append(name).append("\n\n");
        page.append(String.join("\n", spec.usageMessage().description())).append("\n\n");
        page.append("    ")
                .append(help.synopsis(0).strip().replace("\n", "\n    "))
                .append("\n");
        List<ArgSpec> rows = new ArrayList<>(spec.positionalParameters());
        spec.options().stream().filter(option -> !isCommon(option)).forEach(rows::add);
        if (!rows.isEmpty()) {
            page.append("\n");
            options(page, rows);
        }
        Map<String, String> exitCodes = spec.usageMessage().exitCodeList();
        if (!exitCodes.isEmpty()) {
            page.append("\n| exit code | |\n| --- | --- |\n");
            exitCodes.forEach((code, meaning) -> page.append("| ")
                    .append(code.strip())
                    .append(" | ")
                    .append(cell(meaning))
                    .append(" |\n"));
        }
        List<String> footer = Arrays.stream(spec.usageMessage().footer()).toList();
        if (!footer.isEmpty()) {
            page.append("\n```text\n").append(String.join("\n", footer).strip()).append("\n```\n");
        }
    }

    private static void options(StringBuilder page, List<? extends ArgSpec> rows) {
        page.append("| option | |\n| --- | --- |\n");
        rows.forEach(row -> page.append("| `")
                .append(call(row))
                .append("` | ")
                .append(cell(String.join(" ", row.description())))
                .append(" |\n"));
    }

    private static String call(ArgSpec row) {
        if (row instanceof PositionalParamSpec) {
            return row.paramLabel().replace("|", "\\|");
        }
        String names = String.join(", ", ((OptionSpec) row).names());
        boolean hasValue = row.arity().max() > 0;
        return names + (hasValue ? " " + row.paramLabel().replace("|", "\\|") : "");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ").strip();
    }
}
