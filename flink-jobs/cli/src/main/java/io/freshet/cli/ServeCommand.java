/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.client.FeatureReader;
import io.freshet.client.JsonLinesServedLog;
import io.freshet.client.ReaderOptions;
import io.freshet.client.ServedLog;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.DefinitionException;
import io.freshet.definition.ViewPlan;
import io.freshet.definition.ViewText;
import io.freshet.server.FeatureRoutes;
import io.freshet.server.FeatureServer;
import io.freshet.server.Route;
import io.freshet.server.ServedViews;
import io.freshet.server.ServerMetrics;
import io.freshet.server.ServerOptions;
import io.freshet.server.ServerStartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code freshet serve}: features over HTTP until Ctrl-C. */
@Command(
        name = "serve",
        description = "Serve features over HTTP, as Feast's feature server does, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:Redis cannot be reached, or the port is taken",
            "2:a view, a setting or a list is wrong, or there is no token"
        },
        footer = {
            "",
            "It answers on this machine alone, unless --host says otherwise; then callers must send the token that",
            "FRESHET_SERVE_TOKEN holds, or --without-token says that something else keeps strangers away.",
            "GET /openapi.json tells what it answers.",
            "",
            "Examples:",
            "  freshet serve",
            "  freshet serve user_activity page_activity --port 0 --json",
            "  FRESHET_SERVE_TOKEN=... freshet serve --host 0.0.0.0 --log served.jsonl",
            "  curl -s localhost:6566/get-online-features \\",
            "      -d '{\"features\": [\"user_activity:edits_1h\"], \"entities\": {\"user\": [\"PereBot\"]}}'"
        })
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen at. Default: serve.host, 127.0.0.1.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "0 for any free port. Default: serve.port, 6566.")
    private @Nullable Integer port;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "Append to this file which rows were served, for training-set --served. Default: serve.log, none.")
    private @Nullable String log;

    @Option(
            names = "--without-token",
            description = "Answer others than this machine without a token, where something else keeps strangers away.")
    private boolean withoutToken;

    @Option(names = "--json", description = "Print where it listens and what it serves as one JSON object.")
    private boolean json;

    @Parameters(
            arity = "0..*",
            paramLabel = "VIEW",
            completionCandidates = ViewNames.class,
            description = "Names of the views to serve. Default: all.")
    private List<String> viewNames = new ArrayList<>();

    @Override
    public Integer call()
            throws CommandFailedException, DefinitionException, InterruptedException, JsonProcessingException {
        Map<String, String> flags = new LinkedHashMap<>();
        Optional.ofNullable(host).ifPresent(given -> flags.put("serve.host", given));
        Optional.ofNullable(port).ifPresent(given -> flags.put("serve.port", given.toString()));
        Optional.ofNullable(log).ifPresent(given -> flags.put("serve.log", given));
        Settings settings = options.read(flags);
        FreshetConfig config = settings.config();
        ServedViews views = views(settings);
        ServerOptions listening = listening(config);
        JsonLinesServedLog file = servedLog(settings, flags).orElse(null);
        ServedLog served = file == null ? ServedLog.NONE : file;
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (file;
                FeatureReader reader = FeatureReader.connect(readerOptions(config, served));
                FeatureServer server = start(config, listening, views, reader)) {
            // A signal ends the wait below; server, reader and file then close, in this order, before the JVM goes.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, closed), "stop-serving"));
            tell(server, views, config);
            stopped.await();
        } finally {
            closed.countDown();
        }
        return Freshet.OK;
    }

    private static void stop(CountDownLatch stopped, CountDownLatch closed) {
        stopped.countDown();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ServedViews views(Settings settings) throws CommandFailedException, DefinitionException {
        List<ViewPlan> plans =
                settings.selected(viewNames).stream().map(ViewText::plan).toList();
        try {
            return ServedViews.of(plans, settings.config().serve().services());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        }
    }

    /** What a flag names is seen from here, what the settings name from their folder. */
    private static Optional<JsonLinesServedLog> servedLog(Settings settings, Map<String, String> flags)
            throws CommandFailedException {
        Optional<Path> file = settings.config()
                .serve()
                .log()
                .map(name -> flags.containsKey("serve.log")
                        ? Path.of(name)
                        : settings.folder().resolve(name));
        try {
            return file.map(JsonLinesServedLog::appendTo);
        } catch (UncheckedIOException e) {
            throw CommandFailedException.wrongInput(e.getMessage() + ": "
                    + Reading.reason(Objects.requireNonNullElseGet(e.getCause(), () -> new IOException(e))));
        }
    }

    private static ReaderOptions readerOptions(FreshetConfig config, ServedLog log) {
        ReaderOptions.Builder options =
                OnlineStore.builder(config, config.serve().timeout()).servedLog(log);
        config.serve().staleAfter().ifPresent(options::staleAfter);
        return options.build();
    }

    /** Where to listen, refused before anything is connected to where strangers would be let in. */
    private ServerOptions listening(FreshetConfig config) throws CommandFailedException {
        ServerOptions listening = ServerOptions.of(
                config.serve(), withoutToken ? ServerOptions.Exposure.ALLOWED : ServerOptions.Exposure.REFUSED);
        try {
            FeatureServer.check(listening);
        } catch (ServerStartException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        }
        return listening;
    }

    private static FeatureServer start(
            FreshetConfig config, ServerOptions listening, ServedViews views, FeatureReader reader)
            throws CommandFailedException {
        ServerMetrics metrics = new ServerMetrics();
        List<Route> routes =
                FeatureRoutes.of(views, reader, metrics, config.serve().maxRows(), listening.pending());
        try {
            return FeatureServer.start(listening, routes, metrics);
        } catch (ServerStartException e) {
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    private void tell(FeatureServer server, ServedViews views, FreshetConfig config) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        boolean hasToken = config.serve().token().isPresent();
        if (json) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("address", server.address().toString());
            told.put("token", hasToken);
            told.put("views", views.names());
            told.put("feature_services", views.serviceNames());
            out.println(new ObjectMapper().writeValueAsString(told));
        } else {
            out.println("address  " + server.address());
            out.println("views    " + String.join(", ", views.names()));
            if (!views.serviceNames().isEmpty()) {
                out.println("feature services  " + String.join(", ", views.serviceNames()));
            }
            out.println(hasToken ? "callers send the token" : "callers need no token");
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        err.println("Ctrl-C stops it, once the calls under way are answered.");
        err.flush();
    }
}
