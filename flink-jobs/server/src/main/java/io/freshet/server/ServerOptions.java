/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.config.FreshetConfig;
import io.freshet.config.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * How the server listens, and what it takes on.
 *
 * @param host address to listen at
 * @param port port to listen at; 0 for a free one
 * @param token what callers must send as {@code Authorization: Bearer TOKEN}; empty where anybody may call
 * @param exposure what to do where others than this machine reach it and there is no token
 * @param pending most calls of bounded routes that are being answered at once; others are refused with 503
 * @param bodyBytes most bytes of a body
 * @param idle how long a connection may say nothing, also within a request
 * @param stopWithin how long calls under way may take once the server stops
 */
public record ServerOptions(
        String host,
        int port,
        Optional<Secret> token,
        Exposure exposure,
        int pending,
        int bodyBytes,
        Duration idle,
        Duration stopWithin) {

    /** The address that only this machine reaches. */
    public static final String LOOPBACK = "127.0.0.1";

    /** What to do where others than this machine reach a server without a token. */
    public enum Exposure {
        /** Not start. */
        REFUSED,
        /** Start: something else keeps strangers away. */
        ALLOWED
    }

    /** As the settings say. */
    public static ServerOptions of(FreshetConfig.Serve serve, Exposure exposure) {
        return new ServerOptions(
                serve.host(),
                serve.port(),
                serve.token(),
                exposure,
                serve.pending(),
                serve.maxBody(),
                serve.idle(),
                serve.stopWithin());
    }

    /** At loopback, for anybody on this machine: 1,000 calls at once, 256 KiB of body, 30 s of silence, 10 s to stop. */
    public static ServerOptions loopback(int port) {
        return new ServerOptions(
                LOOPBACK,
                port,
                Optional.empty(),
                Exposure.REFUSED,
                1_000,
                262_144,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }

    /** The same at another address. */
    public ServerOptions at(String address) {
        return new ServerOptions(address, port, token, exposure, pending, bodyBytes, idle, stopWithin);
    }

    /** The same for who has the token alone. */
    public ServerOptions withToken(Secret secret) {
        return new ServerOptions(host, port, Optional.of(secret), exposure, pending, bodyBytes, idle, stopWithin);
    }

    /** The same with another bound on calls at once. */
    public ServerOptions withPending(int most) {
        return new ServerOptions(host, port, token, exposure, most, bodyBytes, idle, stopWithin);
    }
}
