/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the route of a call. */
final class RouteTable {

    private static final String REST = "...}";

    private final List<Route> routes;

    /**
     * What was found.
     *
     * @param path what stood in the open places, decoded
     */
    record Match(Route route, Map<String, String> path) {}

    /**
     * A table.
     *
     * @param routes of two that fit one path, the one that stands first answers
     * @throws IllegalArgumentException if two are the same
     */
    RouteTable(List<Route> routes) {
        this.routes = List.copyOf(routes);
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.method() + " " + route.path())) {
                throw new IllegalArgumentException("Cannot serve " + route.method() + " " + route.path() + " twice");
            }
        }
    }

    /**
     * The route of a call.
     *
     * @param rawPath of the address as it came, encoded
     * @throws Refusal if there is none
     */
    Match match(String method, String rawPath) {
        List<String> segments = segments(rawPath);
        String wanted = method.equals("HEAD") ? "GET" : method;
        List<String> others = new ArrayList<>();
        for (Route route : routes) {
            Optional<Map<String, String>> found = fit(route, segments);
            if (found.isPresent() && route.method().equals(wanted)) {
                return new Match(route, found.get());
            }
            found.ifPresent(fits -> others.add(route.method()));
        }
        if (others.isEmpty()) {
            throw Refusal.of(404, "no_such_path", "There is nothing at " + rawPath)
                    .help("/openapi.json tells what there is");
        }
        throw Refusal.of(405, "wrong_method", rawPath + " does not answer " + method)
                .help("Expected " + String.join(" or ", others))
                .allowing(String.join(", ", others));
    }

    private static Optional<Map<String, String>> fit(Route route, List<String> segments) {
        List<String> parts = segments(route.path());
        boolean open = route.path().endsWith(REST);
        int fixed = open ? parts.size() - 1 : parts.size();
        if (segments.size() < fixed || (!open && segments.size() > fixed)) {
            return Optional.empty();
        }
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < fixed; i++) {
            String part = parts.get(i);
            if (part.startsWith("{")) {
                found.put(part.substring(1, part.length() - 1), decoded(segments.get(i)));
            } else if (!part.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        if (open) {
            String last = parts.get(fixed);
            found.put(
                    last.substring(1, last.length() - REST.length()),
                    decoded(String.join("/", segments.subList(fixed, segments.size()))));
        }
        return Optional.of(found);
    }

    private static List<String> segments(String path) {
        String inner = path.startsWith("/") ? path.substring(1) : path;
        return inner.isEmpty() ? List.of() : Arrays.asList(inner.split("/", -1));
    }

    /** In a path, a plus is one. */
    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "bad_path", "Cannot read '" + segment + "' of the path: it is no percent-encoding");
        }
    }
}
