/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server that answers routes, from its start until it is closed. */
public final class FeatureServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureServer.class);

    private static final int THREADS = 64;
    private static final int LEAST_THREADS = 8;

    /** Of entity keys: {@code /} and {@code %} encoded, and what shells let through as it is, such as {@code |}. */
    private static final UriCompliance ENTITY_KEYS = UriCompliance.DEFAULT.with(
            "entity keys",
            Violation.AMBIGUOUS_PATH_SEPARATOR,
            Violation.AMBIGUOUS_PATH_ENCODING,
            Violation.SUSPICIOUS_PATH_CHARACTERS,
            Violation.ILLEGAL_PATH_CHARACTERS);

    private final Server jetty;
    private final int port;
    private final ServerOptions options;

    private FeatureServer(Server jetty, int port, ServerOptions options) {
        this.jetty = jetty;
        this.port = port;
        this.options = options;
    }

    /**
     * Starts a server and returns when it listens.
     *
     * @param routes of two that fit one path, the one that stands first answers
     * @throws ServerStartException if it cannot listen there, or would let strangers in
     * @throws IllegalArgumentException if two routes are the same
     */
    public static FeatureServer start(ServerOptions options, List<Route> routes) throws ServerStartException {
        return start(options, routes, new ServerMetrics());
    }

    /** As {@link #start(ServerOptions, List)}, counting where it is told to. */
    public static FeatureServer start(ServerOptions options, List<Route> routes, ServerMetrics metrics)
            throws ServerStartException {
        check(options);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, LEAST_THREADS);
        threads.setName("serve");
        Server jetty = new Server(threads);
        ServerConnector connector = new ServerConnector(jetty, new HttpConnectionFactory(http(options)));
        connector.setHost(options.host());
        connector.setPort(options.port());
        connector.setIdleTimeout(options.idle().toMillis());
        jetty.addConnector(connector);
        jetty.setErrorHandler(new JsonErrors());
        jetty.setHandler(new GracefulHandler(new CallHandler(new RouteTable(routes), options, metrics)));
        jetty.setStopTimeout(options.stopWithin().toMillis());
        try {
            jetty.start();
        } catch (Exception e) {
            stop(jetty);
            throw new ServerStartException(
                    "Cannot listen at " + options.host() + ":" + options.port() + ": " + reason(e), e);
        }
        return new FeatureServer(jetty, connector.getLocalPort(), options);
    }

    private static HttpConfiguration http(ServerOptions options) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(ENTITY_KEYS);
        http.setIdleTimeout(options.idle().toMillis());
        return http;
    }

    /**
     * Refuses what {@link #start} would refuse before it listens.
     *
     * @throws ServerStartException if no address of that name is known, or strangers would be let in
     */
    public static void check(ServerOptions options) throws ServerStartException {
        try {
            boolean onlyUs =
                    Arrays.stream(InetAddress.getAllByName(options.host())).allMatch(InetAddress::isLoopbackAddress);
            if (!onlyUs && options.token().isEmpty() && options.exposure() == ServerOptions.Exposure.REFUSED) {
                throw new ServerStartException(
                        "Cannot listen at " + options.host() + " without a token: whoever reaches it could read all"
                                + " features; set FRESHET_SERVE_TOKEN",
                        null);
            }
        } catch (UnknownHostException e) {
            throw new ServerStartException(
                    "Cannot listen at '" + options.host() + "': no address of that name is known", e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner instanceof IOException ? inner.getMessage() + " (another port may be free)" : inner.toString();
    }

    /** The port that it listens at. */
    public int port() {
        return port;
    }

    /** Where callers find it. */
    public URI address() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create("http://" + host + ":" + port);
    }

    /** Takes no more calls, waits for those under way as long as the options say, and closes all connections. */
    @Override
    public void close() {
        stop(jetty);
    }

    private static void stop(Server jetty) {
        try {
            jetty.stop();
        } catch (Exception e) {
            LOG.warn("Stopped before all calls were answered: {}", e.toString());
        }
    }
}
