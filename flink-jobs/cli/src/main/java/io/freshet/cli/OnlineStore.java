/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.cli;

import io.freshet.client.ReaderOptions;
import io.freshet.config.FreshetConfig;
import java.nio.file.Path;
import java.time.Duration;

/** The online store as commands read it. */
final class OnlineStore {

    private OnlineStore() {}

    /**
     * What a reader is to know of it: where it is, user and password, whose certificates to trust.
     *
     * @param timeout how long to wait for the connection, and for the answer to a read
     */
    static ReaderOptions options(FreshetConfig config, Duration timeout) {
        FreshetConfig.Redis redis = config.redis();
        ReaderOptions.Builder options = ReaderOptions.redis(redis.uri())
                .namespace(config.namespace())
                .timeout(timeout)
                .circuitBreaker(0, Duration.ZERO);
        redis.password()
                .ifPresent(password -> options.credentials(redis.username().orElse(""), password.value()));
        redis.caCertificates().map(Path::of).ifPresent(options::caCertificates);
        return options.build();
    }
}
