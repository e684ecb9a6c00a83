/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What is answered under one path.
 *
 * @param method of HTTP; what {@code GET} answers, {@code HEAD} does without the body
 * @param path with names in braces for what is left open: {@code /features/{view}/{entity}}; a last {@code {name...}} stands
 *     for all that follows
 * @param access who may call it
 * @param admission whether calls count against the bound
 * @param handler what answers
 */
public record Route(String method, String path, Access access, Admission admission, Handler handler) {

    private static final Pattern PATH =
            Pattern.compile("(/|(/[A-Za-z0-9._-]+|/\\{[a-z_]+})+(/\\{[a-z_]+\\.\\.\\.})?|/\\{[a-z_]+\\.\\.\\.})");

    public Route {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "Cannot serve '" + path + "': it is no path such as /a/{name}/{rest...}");
        }
    }

    /** Answers {@code GET} to who has the token. */
    public static Route get(String path, Function<Call, Reply> handler) {
        return later("GET", path, call -> CompletableFuture.completedFuture(handler.apply(call)));
    }

    /** Answers {@code POST} to who has the token. */
    public static Route post(String path, Function<Call, Reply> handler) {
        return later("POST", path, call -> CompletableFuture.completedFuture(handler.apply(call)));
    }

    /** Answers a method to who has the token, at once or later. */
    public static Route later(String method, String path, Handler handler) {
        return new Route(method, path, Access.TOKEN, Admission.FREE, handler);
    }

    /**
     * Serves files of the class path to anybody.
     *
     * @param path what their addresses start with, such as {@code /ui}; itself it gives {@code index.html}
     * @param folder where they are, as {@link ClassLoader#getResource} has it: {@code io/freshet/console/web}
     */
    public static Route files(String path, String folder) {
        StaticFiles files = new StaticFiles(folder);
        return get((path.equals("/") ? "" : path) + "/{file...}", files::file).open();
    }

    /** The same for anybody. */
    public Route open() {
        return new Route(method, path, Access.OPEN, admission, handler);
    }

    /** The same, with its calls counted against the bound. */
    public Route bounded() {
        return new Route(method, path, access, Admission.BOUNDED, handler);
    }
}
