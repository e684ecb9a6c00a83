/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.console;

import io.freshet.cli.CommandFailedException;
import io.freshet.config.FreshetConfig;
import io.freshet.config.Secret;
import io.freshet.console.Console;
import io.freshet.definition.ViewText;
import io.freshet.server.FeatureServer;
import io.freshet.server.ServerOptions;
import io.freshet.server.ServerStartException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The console over HTTP, from its start until it is closed. */
public final class ConsoleServer implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);
    /** Nobody's work is lost with a page that was being read. */
    private static final Duration STOP_WITHIN = Duration.ofMillis(500);

    private static final int PENDING = 1_000;
    private static final int BODY_BYTES = 10_000;

    private final LiveConsole console;
    private final FeatureServer server;

    private ConsoleServer(LiveConsole console, FeatureServer server) {
        this.console = console;
        this.server = server;
    }

    /**
     * Where it listens, and to whom.
     *
     * @param host address to listen at
     * @param port 0 for a free one
     * @param token what callers of its JSON must send; empty for none, which only loopback allows
     */
    public record Place(String host, int port, Optional<Secret> token) {

        /** A free port of loopback, for anybody on this machine. */
        public static Place anyPort() {
            return new Place(ServerOptions.LOOPBACK, 0, Optional.empty());
        }
    }

    /**
     * Starts one and returns when it listens. It asks neither Kafka nor Redis nor Flink before somebody looks.
     *
     * @param views what to show
     * @param baselines ranges and training sets to compare columns with
     * @throws CommandFailedException if it cannot listen there, would let strangers in, or a baseline is neither
     */
    public static ConsoleServer start(Place place, FreshetConfig config, List<ViewText> views, List<String> baselines)
            throws CommandFailedException {
        ServerOptions options = new ServerOptions(
                place.host(),
                place.port(),
                place.token(),
                ServerOptions.Exposure.REFUSED,
                PENDING,
                BODY_BYTES,
                IDLE,
                STOP_WITHIN);
        try {
            FeatureServer.check(options);
        } catch (ServerStartException e) {
            throw CommandFailedException.wrongInput(String.valueOf(e.getMessage()));
        }
        LiveConsole console = new LiveConsole(config, views, baselines);
        try {
            return new ConsoleServer(console, FeatureServer.start(options, Console.routes(console)));
        } catch (ServerStartException e) {
            console.close();
            throw CommandFailedException.failed(String.valueOf(e.getMessage()));
        }
    }

    /** Where the page is. */
    public URI address() {
        return server.address().resolve(Console.PATH);
    }

    @Override
    public void close() {
        server.close();
        console.close();
    }
}
