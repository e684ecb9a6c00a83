/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet completion}: a script that lets a shell complete commands, options and names of views. */
@Command(
        name = "completion",
        description = "Print a script that lets a shell complete commands, options, and names of views.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:there is no such shell"},
        footer = {
            "",
            "Names of views are those of the .yaml files in views/ of the folder at hand.",
            "",
            "Examples:",
            "  source <(freshet completion bash)",
            "  freshet completion bash > ~/.local/share/bash-completion/completions/freshet",
            "  source <(freshet completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {

    private static final List<String> SHELLS = List.of("bash", "zsh");

    /** What a shell offers as its own name. */
    private static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SHELLS.iterator();
        }
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Shells.class,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private String shell = "";

    @Override
    public Integer call() throws CommandFailedException {
        if (!SHELLS.contains(shell)) {
            throw CommandFailedException.wrongInput(
                    "Cannot complete for shell '" + shell + "', expected " + String.join(" or ", SHELLS));
        }
        CommandLine root = spec.root().commandLine();
        // The script of picocli serves both: in zsh it loads what makes bash's completions work there.
        spec.commandLine().getOut().print(ViewNames.completed(AutoComplete.bash("freshet", root)));
        spec.commandLine().getOut().flush();
        return Freshet.OK;
    }
}
