/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.cli.demo.DemoCommand;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The command {@code freshet}. */
@Command(
        name = "freshet",
        description = "Streaming features for machine learning: from Kafka events to Redis and to a history.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start here:", "  freshet demo", "  freshet init", "  freshet COMMAND --help"},
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            ValidateCommand.class,
            TestCommand.class,
            ExplainCommand.class,
            FunctionsCommand.class,
            UpCommand.class,
            ProduceCommand.class,
            RunCommand.class,
            ClusterCommand.class,
            PlanCommand.class,
            DeployCommand.class,
            StatusCommand.class,
            UiCommand.class,
            StopCommand.class,
            RescaleCommand.class,
            UpgradeCommand.class,
            BackfillCommand.class,
            GetCommand.class,
            ServeCommand.class,
            HistoryCommand.class,
            VerifyCommand.class,
            ArchiveCommand.class,
            RestoreCommand.class,
            TrainingSetCommand.class,
            DriftCommand.class,
            CompletionCommand.class
        })
public final class Freshet {

    /** All went well. */
    public static final int OK = CommandLine.ExitCode.OK;

    /** The work failed, or its result is not what it must be. */
    public static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    /** What the user wrote is wrong: a flag, a setting, a definition. */
    public static final int WRONG_INPUT = CommandLine.ExitCode.USAGE;

    private final Map<String, String> environment;

    private Freshet(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The environment variables. */
    Map<String, String> environment() {
        return environment;
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String... arguments) {
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /**
     * The command line, ready to execute.
     *
     * @param environment environment variables
     */
    public static CommandLine commandLine(Map<String, String> environment) {
        CommandLine line = new CommandLine(new Freshet(environment));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(Failures::wrongUse);
        boolean plain = environment.containsKey("NO_COLOR") || System.console() == null;
        line.setColorScheme(CommandLine.Help.defaultColorScheme(plain ? Ansi.OFF : Ansi.AUTO));
        return line;
    }
}
