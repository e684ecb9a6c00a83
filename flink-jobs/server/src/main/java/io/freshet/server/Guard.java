/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.config.Secret;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets calls in. */
final class Guard {

    private static final String SCHEME = "Bearer ";

    /** What a browser on this machine calls it. A page of elsewhere whose name was made to point here names another. */
    private static final Pattern THIS_MACHINE =
            Pattern.compile("(?i)(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]|::1|[a-z0-9.-]+\\.localhost)");

    private final Optional<byte[]> token;
    private final boolean anyName;

    Guard(ServerOptions options) {
        token = options.token().map(Secret::value).map(value -> value.getBytes(UTF_8));
        anyName = token.isPresent() || options.exposure() == ServerOptions.Exposure.ALLOWED;
    }

    /**
     * Refuses who may not call.
     *
     * @param host the name that the server was called by, without the port; empty where it was called by none
     * @param authorization the header of that name; null where there is none
     */
    void check(Route route, String host, @Nullable String authorization) {
        if (!anyName && !host.isEmpty() && !THIS_MACHINE.matcher(host).matches()) {
            throw Refusal.of(403, "wrong_host", "This server answers on this machine, not as '" + host + "'")
                    .help("Call it as localhost, or start it with a token");
        }
        if (route.access() == Access.TOKEN && !holdsToken(authorization)) {
            throw Refusal.of(
                            401,
                            authorization == null ? "no_token" : "wrong_token",
                            authorization == null ? "The call has no token" : "The token is another")
                    .help("Send the server's token as 'Authorization: Bearer TOKEN'");
        }
    }

    /** Whether the call has the token, or there is none to have. In a time that does not tell where it differs. */
    boolean holdsToken(@Nullable String authorization) {
        if (token.isEmpty()) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = authorization.substring(SCHEME.length()).strip().getBytes(UTF_8);
        return MessageDigest.isEqual(token.get(), given);
    }
}
