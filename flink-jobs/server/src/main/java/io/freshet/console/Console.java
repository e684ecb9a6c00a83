/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.console;

import io.freshet.server.Call;
import io.freshet.server.Refusal;
import io.freshet.server.Reply;
import io.freshet.server.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The routes of the console: its page under {@code /console/}, for anybody, and its JSON under {@code /console/api/}, for
 * who has the token. The page loads nothing from elsewhere, runs no script but its own files, and puts in all that it
 * reads as text.
 */
public final class Console {

    /** Where the page is. */
    public static final String PATH = "/console/";

    private static final String FILES = "io/freshet/console/page";
    private static final String API = PATH + "api/";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Reads of topics that may be under way at once: each holds a connection to Kafka and memory. */
    private static final int MOST_READS = 4;

    private final ConsoleSource source;
    private final Semaphore reads = new Semaphore(MOST_READS);
    private final Semaphore comparisons = new Semaphore(1);

    private Console(ConsoleSource source) {
        this.source = source;
    }

    /** The routes; what has no other path comes before them. */
    public static List<Route> routes(ConsoleSource source) {
        return new Console(source).routes();
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(json("overview", call -> source.overview()));
        routes.add(json("letters", call -> reading(reads, () -> source.letters(call.query("reason")))));
        routes.add(json("graph", call -> source.graph()));
        routes.add(json("views/{view}", call -> source.definition(call.path("view"))));
        routes.add(json("views/{view}/activity", this::activity));
        routes.add(json("views/{view}/recent", call -> reading(reads, () -> source.recent(call.path("view")))));
        routes.add(json("views/{view}/entity", call -> source.entity(call.path("view"), required(call, "key"))));
        routes.add(json("views/{view}/history", this::history));
        routes.add(json("views/{view}/baselines", call -> source.baselines(call.path("view"))));
        routes.add(json("views/{view}/drift", this::drift));
        // Relative addresses of the page's files need the slash.
        routes.add(Route.get("/", call -> moved()).open());
        routes.add(Route.get("/console", call -> moved()).open());
        routes.add(guarded(Route.files("/console", FILES)));
        return List.copyOf(routes);
    }

    private Object activity(Call call) {
        long minutes = number(call, "minutes").orElse(5);
        if (minutes != 5 && minutes != 60 && minutes != 1440) {
            throw Refusal.of(
                    400, "bad_minutes", "Cannot tell of the last " + minutes + " minutes: expected 5, 60 or 1440");
        }
        return source.activity(call.path("view"), (int) minutes);
    }

    private Object history(Call call) {
        return reading(
                reads,
                () -> source.history(
                        call.path("view"), required(call, "key"), number(call, "from"), number(call, "since")));
    }

    private Object drift(Call call) {
        return reading(
                comparisons,
                () -> source.drift(call.path("view"), required(call, "baseline"), required(call, "against")));
    }

    private static Object reading(Semaphore permits, Supplier<Object> read) {
        if (!permits.tryAcquire()) {
            throw Refusal.of(503, "busy", "As much is being read already as may be at once")
                    .help("Try again when it has ended");
        }
        try {
            return read.get();
        } finally {
            permits.release();
        }
    }

    private static String required(Call call, String name) {
        return call.query(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.of(400, "missing_parameter", "The parameter '" + name + "' is missing"));
    }

    private static OptionalLong number(Call call, String name) {
        if (call.query(name).isEmpty()) {
            return OptionalLong.empty();
        }
        String text = call.query(name).get();
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refusal.of(
                    400, "bad_parameter", "Cannot read '" + text + "' of '" + name + "': expected a whole number");
        }
    }

    private static Route json(String path, Function<Call, Object> answer) {
        return guarded(
                Route.get(API + path, call -> Reply.json(answer.apply(call)).withHeader("Cache-Control", "no-store")));
    }

    private static Reply moved() {
        return Reply.text("text/plain", "See " + PATH).withStatus(302).withHeader("Location", PATH);
    }

    /** The same with what tells a browser how little the page may do. */
    private static Route guarded(Route route) {
        return new Route(
                route.method(),
                route.path(),
                route.access(),
                route.admission(),
                call -> route.handler()
                        .handle(call)
                        .thenApply(reply -> reply.withHeader("Content-Security-Policy", POLICY)
                                .withHeader("Referrer-Policy", "no-referrer")
                                .withHeader("X-Content-Type-Options", "nosniff")));
    }
}
