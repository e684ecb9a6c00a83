/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.config.FreshetConfig;
import io.freshet.config.Secret;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.io.File;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written to Redis.
 *
 * @param uri where Redis is, without a password
 * @param username user of its access control; null for the default user
 * @param password its password; null for none
 * @param caCertificates file of certificates, in PEM, of who signs that of the server; null for those that the JDK trusts
 * @param batch most rows in one write
 * @param pending most entities with a row waiting to be written
 * @param retryFor how long writing is tried again while Redis is away, before the job fails over
 */
public record RedisOptions(
        String uri,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable String caCertificates,
        int batch,
        int pending,
        Duration retryFor)
        implements Serializable {

    /** The options that the settings of a deployment name. */
    public static RedisOptions of(FreshetConfig.Redis redis) {
        return new RedisOptions(
                redis.uri(),
                redis.username().orElse(null),
                redis.password().orElse(null),
                redis.caCertificates().orElse(null),
                redis.batch(),
                redis.pending(),
                redis.retryFor());
    }

    /**
     * The address with user and password in it: never to be shown.
     *
     * @param timeout how long a command may take
     */
    RedisURI address(Duration timeout) {
        RedisURI address = RedisURI.create(uri);
        if (password != null) {
            RedisURI.Builder builder = RedisURI.builder(address);
            char[] text = password.value().toCharArray();
            address = username == null
                    ? builder.withPassword(text).build()
                    : builder.withAuthentication(username, text).build();
        }
        address.setTimeout(timeout);
        return address;
    }

    /** Host and port, for messages. */
    public String place() {
        RedisURI address = RedisURI.create(uri);
        return address.getHost() + ":" + address.getPort();
    }

    /**
     * Sets whose certificates a client trusts.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    ClientOptions.Builder trusting(ClientOptions.Builder client) {
        if (caCertificates != null) {
            File file = new File(caCertificates);
            if (!file.canRead()) {
                throw new IllegalArgumentException("Cannot read '" + file.getAbsolutePath()
                        + "', which redis.ca_certificates names: it must be on each machine that connects to Redis");
            }
            client.sslOptions(SslOptions.builder().trustManager(file).build());
        }
        return client;
    }

    /**
     * A client that is not connected yet.
     *
     * @param timeout how long a command may take
     * @throws IllegalArgumentException if there is no file of certificates where they name one
     */
    public RedisClient client(Duration timeout) {
        RedisClient client = RedisClient.create(address(timeout));
        client.setOptions(trusting(ClientOptions.builder()).build());
        return client;
    }
}
