/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a route.
 *
 * @param id what the caller knows it by: its {@code X-Request-Id}, or one made up
 * @param path what stood in the places of the path that the route leaves open, decoded, by name
 * @param query parameters of the query, in order
 * @param headers the first of each header, by name in lower case
 * @param trusted whether the caller may see what needs the token: it has it, or there is none
 * @param body as it came; empty where there is none. Not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Call(
        String id,
        Map<String, String> path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        boolean trusted,
        byte[] body) {

    /**
     * What stood in a place of the path, decoded.
     *
     * @throws IllegalArgumentException if the route has no such place
     */
    public String path(String name) {
        String found = path.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "Cannot give '" + name + "' of the path: the route has " + String.join(", ", path.keySet()));
        }
        return found;
    }

    /** The first parameter of that name. */
    public Optional<String> query(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** A header, by name in lower case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
