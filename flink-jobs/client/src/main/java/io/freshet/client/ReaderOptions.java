/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.client;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the online store is, and how a reader deals with it. Immutable; each method gives other options. Credentials are in
 * no text of it.
 */
public final class ReaderOptions {

    /** How Redis is set up. */
    enum Topology {
        /** One server, or a primary that Sentinels know. */
        SINGLE,
        /** Redis Cluster. */
        CLUSTER
    }

    private final Topology topology;
    private final List<String> uris;
    private final String namespace;
    private final @Nullable String username;
    private final @Nullable String password;
    private final @Nullable Path caCertificates;
    private final Duration timeout;
    private final int failuresToOpen;
    private final Duration openFor;
    private final int cachedRows;
    private final Duration cachedFor;
    private final @Nullable Duration staleAfter;
    private final Clock clock;
    private final ServedLog servedLog;

    private ReaderOptions(Builder from) {
        topology = from.topology;
        uris = List.copyOf(from.uris);
        namespace = from.namespace;
        username = from.username;
        password = from.password;
        caCertificates = from.caCertificates;
        timeout = from.timeout;
        failuresToOpen = from.failuresToOpen;
        openFor = from.openFor;
        cachedRows = from.cachedRows;
        cachedFor = from.cachedFor;
        staleAfter = from.staleAfter;
        clock = from.clock;
        servedLog = from.servedLog;
    }

    /**
     * One server, or a primary that Sentinels know.
     *
     * @param uri {@code redis://[user:password@]host[:port][/database]}, {@code rediss://} for TLS,
     *     {@code redis-sentinel://[password@]host[:port],host...[/database]#primary} or {@code rediss-sentinel://}; never
     *     shown
     */
    public static Builder redis(String uri) {
        return new Builder(Topology.SINGLE, List.of(uri));
    }

    /**
     * Redis Cluster.
     *
     * @param uris some of its nodes, as {@code redis://} or {@code rediss://}; the others are found by them
     */
    public static Builder cluster(List<String> uris) {
        return new Builder(Topology.CLUSTER, uris);
    }

    Topology topology() {
        return topology;
    }

    List<String> uris() {
        return uris;
    }

    String namespace() {
        return namespace;
    }

    Optional<String> username() {
        return Optional.ofNullable(username);
    }

    Optional<String> password() {
        return Optional.ofNullable(password);
    }

    Optional<Path> caCertificates() {
        return Optional.ofNullable(caCertificates);
    }

    Duration timeout() {
        return timeout;
    }

    int failuresToOpen() {
        return failuresToOpen;
    }

    Duration openFor() {
        return openFor;
    }

    int cachedRows() {
        return cachedRows;
    }

    Duration cachedFor() {
        return cachedFor;
    }

    Optional<Duration> staleAfter() {
        return Optional.ofNullable(staleAfter);
    }

    Clock clock() {
        return clock;
    }

    ServedLog servedLog() {
        return servedLog;
    }

    /** Takes options one by one; those not given have a default. */
    public static final class Builder {

        private final Topology topology;
        private final List<String> uris;
        private String namespace = "freshet";
        private @Nullable String username;
        private @Nullable String password;
        private @Nullable Path caCertificates;
        private Duration timeout = Duration.ofMillis(500);
        private int failuresToOpen = 10;
        private Duration openFor = Duration.ofSeconds(2);
        private int cachedRows;
        private Duration cachedFor = Duration.ZERO;
        private @Nullable Duration staleAfter;
        private Clock clock = Clock.systemUTC();
        private ServedLog servedLog = ServedLog.NONE;

        private Builder(Topology topology, List<String> uris) {
            this.topology = topology;
            this.uris = uris;
        }

        /** What all keys start with, as in the settings of the job. Default: {@code freshet}. */
        public Builder namespace(String name) {
            namespace = requireNonNull(name, "name");
            return this;
        }

        /**
         * A password, and the user of Redis' access list that it is for.
         *
         * @param user name of the user; empty: the default one
         */
        public Builder credentials(String user, String secret) {
            username = user.isEmpty() ? null : user;
            password = requireNonNull(secret, "secret");
            return this;
        }

        /** Certificates, in PEM, of who signs those of the servers. Default: those that the JDK trusts. */
        public Builder caCertificates(Path file) {
            caCertificates = requireNonNull(file, "file");
            return this;
        }

        /** How long to wait for a connection, and for all answers to a read. Default: 500 ms. */
        public Builder timeout(Duration longest) {
            timeout = requireNonNull(longest, "longest");
            return this;
        }

        /**
         * When reads fail at once, without a try: after so many that failed in a row, for so long; then one is tried.
         * Default: after 10, for 2 s.
         *
         * @param failures in a row; 0: never
         */
        public Builder circuitBreaker(int failures, Duration pause) {
            failuresToOpen = failures;
            openFor = requireNonNull(pause, "pause");
            return this;
        }

        /**
         * Keeps rows in memory, also that an entity has none, and gives them again for a bounded time. Ages and decayed
         * values are those of the moment of reading all the same. Default: no row.
         *
         * @param rows how many at most
         * @param longest for how long a row that was read is given again
         */
        public Builder nearCache(int rows, Duration longest) {
            cachedRows = rows;
            cachedFor = requireNonNull(longest, "longest");
            return this;
        }

        /**
         * How far a view's published watermark may be behind the moment of reading. Default, by view: its freshness target,
         * its {@code out_of_orderness}, by which the watermark trails, and the second between two publications. Give more
         * where the topic may be silent for a while: no events move no watermark.
         */
        public Builder staleAfter(Duration behind) {
            staleAfter = requireNonNull(behind, "behind");
            return this;
        }

        /** What says when a read happens that does not say so itself. Default: the system's clock. */
        public Builder clock(Clock time) {
            clock = requireNonNull(time, "time");
            return this;
        }

        /** Where to log what was served. Default: nowhere. */
        public Builder servedLog(ServedLog log) {
            servedLog = requireNonNull(log, "log");
            return this;
        }

        /** The options. */
        public ReaderOptions build() {
            return new ReaderOptions(this);
        }
    }
}
