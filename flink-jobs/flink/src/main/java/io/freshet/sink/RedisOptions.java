/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.sink;

import io.freshet.config.FreshetConfig;
import io.freshet.config.Secret;
import io.lettuce.core.RedisURI;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written to Redis.
 *
 * @param uri where Redis is, without a password
 * @param username user of its access control; null for the default user
 * @param password its password; null for none
 * @param batch most rows in one write
 * @param pending most entities with a row waiting to be written
 * @param retryFor how long writing is tried again while Redis is away, before the job fails over
 */
public record RedisOptions(
        String uri, @Nullable String username, @Nullable Secret password, int batch, int pending, Duration retryFor)
        implements Serializable {

    /** The options that the settings of a deployment name. */
    public static RedisOptions of(FreshetConfig.Redis redis) {
        return new RedisOptions(
                redis.uri(),
                redis.username().orElse(null),
                redis.password().orElse(null),
                redis.batch(),
                redis.pending(),
                redis.retryFor());
    }

    /**
     * The address with user and password in it: never to be shown.
     *
     * @param timeout how long a command may take
     */
    public RedisURI address(Duration timeout) {
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
}
