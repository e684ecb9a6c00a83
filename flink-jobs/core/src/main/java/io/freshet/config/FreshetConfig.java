/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.config;

import io.freshet.definition.DefinitionException;
import io.freshet.definition.Limits;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of a deployment. Keys, in a file as nested YAML and as flags with dots: {@link ConfigKey}.
 *
 * @param namespace prefix of online keys and of the topics that Freshet makes
 * @param kafka where events come from and rows are logged
 * @param redis the online store
 * @param registry where the schemas are that events name by id
 * @param flink how the job runs
 * @param serve how features are served over HTTP
 * @param limits what events and definitions may ask of a job
 * @param views folder or file of the feature views
 * @param schemas folder of Avro schemas; empty for the built-in ones alone
 */
public record FreshetConfig(
        String namespace,
        Kafka kafka,
        Redis redis,
        Registry registry,
        Flink flink,
        Serve serve,
        Limits limits,
        String views,
        Optional<String> schemas) {

    /**
     * Reads the settings: flags win over the environment, that over the file, that over the defaults.
     *
     * @param file the file as its author knows it, for messages
     * @param yaml its text; empty where there is no file
     * @param environment environment variables: {@code FRESHET_KAFKA_BOOTSTRAP}, and those that the file names as
     *     {@code ${NAME}} or {@code ${NAME:-default}}
     * @param flags values by dotted key
     * @throws DefinitionException with all that is wrong; never shows a secret
     */
    public static FreshetConfig of(String file, String yaml, Map<String, String> environment, Map<String, String> flags)
            throws DefinitionException {
        return ConfigReader.read(file, yaml, environment, flags);
    }

    /**
     * Kafka.
     *
     * @param bootstrap {@code host:port} of one or more brokers, with commas
     * @param properties settings passed to every Kafka client as they are
     */
    public record Kafka(String bootstrap, Map<String, Secret> properties) implements Serializable {
        private static final long serialVersionUID = 1L;

        public Kafka {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * Redis.
     *
     * @param uri {@code redis://host:port[/database]} or {@code rediss://} for TLS, without a password
     * @param username user of Redis' access control; empty for the default user
     * @param password its password
     * @param caCertificates file of certificates, in PEM, of who signs those of the servers, on each machine that connects;
     *     empty for those that the JDK trusts
     * @param batch most rows in one write
     * @param pending most entities with a row waiting to be written; beyond it the job waits
     * @param retryFor how long a write is tried again while Redis is away, before the job fails over
     */
    public record Redis(
            String uri,
            Optional<String> username,
            Optional<Secret> password,
            Optional<String> caCertificates,
            int batch,
            int pending,
            Duration retryFor) {}

    /**
     * A schema registry that speaks Confluent's REST API.
     *
     * @param urls where it is, {@code http://host:port[/path]} or {@code https://}, without a password; of several each is
     *     tried in turn; none where there is no registry
     * @param username user of its basic authentication; empty for none
     * @param password its password
     * @param caCertificates file of certificates, in PEM, of who signs those of the servers, on each machine that connects;
     *     empty for those that the JDK trusts
     * @param timeout how long one answer may take
     * @param retryFor how long it is asked again while it is away, before the job fails over
     */
    public record Registry(
            List<String> urls,
            Optional<String> username,
            Optional<Secret> password,
            Optional<String> caCertificates,
            Duration timeout,
            Duration retryFor) {

        public Registry {
            urls = List.copyOf(urls);
        }
    }

    /**
     * Flink.
     *
     * @param parallelism subtasks of every operator
     * @param state where keyed state lives; empty for Flink's own setting, the heap where it has none
     * @param cacheEntities most entities that a task holds in memory over state in RocksDB; 0: as memory allows
     * @param checkpointInterval from one checkpoint to the next; history rows are visible at checkpoints
     * @param checkpointDir where checkpoints go, a URI; empty for Flink's own setting
     * @param metricsPort port of the embedded metrics for Prometheus, 0 for a free one; empty for none
     * @param bufferTimeout longest that a row waits for others in a network buffer
     * @param uiPort port of the embedded web UI; 0 for a free one
     * @param rest address of the REST endpoint of the cluster that jobs are deployed to
     */
    public record Flink(
            int parallelism,
            Optional<StateBackend> state,
            int cacheEntities,
            Duration checkpointInterval,
            Optional<String> checkpointDir,
            Optional<Integer> metricsPort,
            Duration bufferTimeout,
            int uiPort,
            URI rest) {}

    /**
     * The feature server.
     *
     * @param host address to listen at
     * @param port port to listen at; 0 for a free one
     * @param token what callers must send; empty where anybody may call
     * @param pending most calls for features that are being answered at once
     * @param maxBody most bytes of the body of a call
     * @param maxRows most entities of a call
     * @param timeout how long the online store may take to answer
     * @param idle how long a connection may say nothing
     * @param stopWithin how long calls under way may take once the server stops
     * @param staleAfter how far a view's watermark may be behind; empty: its freshness target
     * @param log file that what was served is appended to; empty for none
     * @param services lists of features by name, each {@code view:feature}, or {@code view} for all of it
     */
    public record Serve(
            String host,
            int port,
            Optional<Secret> token,
            int pending,
            int maxBody,
            int maxRows,
            Duration timeout,
            Duration idle,
            Duration stopWithin,
            Optional<Duration> staleAfter,
            Optional<String> log,
            Map<String, List<String>> services) {

        public Serve {
            services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        }
    }

    /** Where keyed state lives. */
    public enum StateBackend {
        /** On the heap: fastest, bounded by memory. */
        HEAP,
        /** In RocksDB on local disk: larger than memory. */
        ROCKSDB
    }
}
