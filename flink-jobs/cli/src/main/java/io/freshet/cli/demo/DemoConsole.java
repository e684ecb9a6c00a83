/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli.demo;

import io.freshet.cli.CommandFailedException;
import io.freshet.cli.console.ConsoleServer;
import io.freshet.config.FreshetConfig;
import io.freshet.definition.ViewText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The console beside the demo. It starts while the job does and asks nobody before somebody looks, so that the demo takes no
 * longer for it; and a demo without it is still one.
 */
final class DemoConsole implements AutoCloseable {

    private final CompletableFuture<Optional<ConsoleServer>> started;

    private DemoConsole(CompletableFuture<Optional<ConsoleServer>> started) {
        this.started = started;
    }

    /** Begins to start. */
    static DemoConsole start(FreshetConfig config, String redisUri, List<ViewText> views, PrintWriter err) {
        return new DemoConsole(CompletableFuture.supplyAsync(() -> {
            try {
                return Optional.of(
                        ConsoleServer.start(ConsoleServer.Place.anyPort(), config, redisUri, views, List.of()));
            } catch (CommandFailedException e) {
                err.println("No console: " + e.getMessage());
                return Optional.empty();
            }
        }));
    }

    /** Says where it is, once it is there. */
    void tell(PrintWriter err) {
        started.join().ifPresent(server -> {
            err.println("console  " + server.address());
            err.flush();
        });
    }

    @Override
    public void close() {
        started.join().ifPresent(ConsoleServer::close);
    }
}
