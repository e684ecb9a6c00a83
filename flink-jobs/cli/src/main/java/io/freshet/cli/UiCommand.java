/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.console.ConsoleServer;
import io.freshet.definition.DefinitionException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet ui}: the console until Ctrl-C. */
@Command(
        name = "ui",
        description = "Serve the console until Ctrl-C: a page of views, freshness, dead letters, entities over time,"
                + " drift and the job.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:it cannot listen there", "2:wrong usage or definition, or there is no token"},
        footer = {
            "",
            "It reads Kafka, Redis and Flink's REST endpoint (flink.rest) from the first look on, and changes nothing.",
            "What does not answer is said to be not known. Other addresses than loopback need a token in",
            "FRESHET_SERVE_TOKEN, which the page asks for.",
            "",
            "Examples:",
            "  freshet ui",
            "  freshet ui user_activity --baseline train.parquet --port 0 --json"
        })
final class UiCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen at. Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(names = "--port", defaultValue = "8282", description = "0 for any free port. Default: 8282.")
    private int port;

    @Option(
            names = "--baseline",
            paramLabel = "RANGE|FILE",
            description = "What columns may be compared with, as 'freshet drift' takes it. Repeatable.")
    private List<String> baselines = new ArrayList<>();

    @Option(names = "--json", description = "Print the address as one JSON object, once it answers.")
    private boolean json;

    @Parameters(
            paramLabel = "VIEW",
            arity = "0..*",
            completionCandidates = ViewNames.class,
            description = "Names of views. Default: all there are.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, InterruptedException, JsonProcessingException {
        Settings settings = options.read();
        try (ConsoleServer server = ConsoleServer.start(
                new ConsoleServer.Place(host, port, settings.config().serve().token()),
                settings.config(),
                settings.selected(names),
                baselines)) {
            PrintWriter out = spec.commandLine().getOut();
            String address = server.address().toString();
            out.println(
                    json ? new ObjectMapper().writeValueAsString(Map.of("console", address)) : "console  " + address);
            out.flush();
            spec.commandLine().getErr().println("Ctrl-C stops it.");
            spec.commandLine().getErr().flush();
            new CountDownLatch(1).await();
        }
        return Freshet.OK;
    }
}
