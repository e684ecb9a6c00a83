/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewText;
import io.freshet.verify.Verification;
import io.freshet.verify.VerificationException;
import io.freshet.verify.VerifyReport;
import io.freshet.verify.VerifyRequest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet verify}: proves that history and online store hold what the events give. */
@Command(
        name = "verify",
        description = {
            "Replay the events of views, and compare every row with what their job logged and with Redis.",
            "The job may run meanwhile."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every row is right; what is not as in a replay is explained",
            "1:some difference is not explained, or something could not be read",
            "2:a view, setting or option is wrong"
        },
        footer = {
            "",
            "What is compared, and what the causes mean: flink-jobs/flink/docs/verify.md",
            "",
            "Examples:",
            "  freshet verify user_activity",
            "  freshet verify --sample 10000 --seed 7 --json"
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "About how many values to ask the oracle for, in each view. Default: 1000.")
    private int sample = VerifyRequest.SAMPLE;

    @Option(names = "--seed", paramLabel = "N", description = "Draws those values. Default: another each time.")
    private long seed = System.nanoTime() & 0xFFFF_FFFFL;

    @Option(names = "--json", description = "One JSON object per view, one a line.")
    private boolean json;

    @Parameters(paramLabel = "VIEW", arity = "0..*", description = "Names of views. Default: all.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws CommandFailedException, DefinitionException, JsonProcessingException {
        if (sample < 0) {
            throw CommandFailedException.wrongInput(
                    "Cannot ask for --sample " + sample + " values, expected 0 or more");
        }
        Settings settings = options.read();
        List<ViewText> views = new ArrayList<>(settings.selected(names));
        if (names.isEmpty()) {
            views.removeIf(view -> view.plan().view().isOverFiles());
            if (views.isEmpty()) {
                throw CommandFailedException.wrongInput("Cannot verify anything: all views of '"
                        + settings.config().views()
                        + "' are over files; 'freshet run' compares their rows with the files each time");
            }
        }
        for (ViewText view : views) {
            if (view.plan().view().isOverFiles()) {
                throw CommandFailedException.wrongInput("Cannot verify view '"
                        + view.plan().view().name() + "': it is over files; 'freshet run' compares its rows with"
                        + " the files each time");
            }
        }
        views.sort(Comparator.comparing(view -> view.plan().view().name()));
        boolean isClean = true;
        for (ViewText view : views) {
            VerifyReport report = verify(new VerifyRequest(settings.config(), view, sample, seed));
            print(new VerifyText(report, seed));
            isClean &= report.isClean();
        }
        return isClean ? Freshet.OK : Freshet.FAILED;
    }

    private VerifyReport verify(VerifyRequest request) throws CommandFailedException {
        try {
            Verification verification = Verification.of(request);
            String view = request.view().plan().view().name();
            try (Progress progress = Progress.of(view, verification.records(), options.environment())) {
                return verification.run(progress::reach);
            }
        } catch (VerificationException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private void print(VerifyText text) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(text.fields()));
        } else {
            text.lines().forEach(out::println);
        }
        out.flush();
    }
}
