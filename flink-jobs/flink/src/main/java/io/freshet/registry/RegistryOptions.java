/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import io.freshet.config.FreshetConfig;
import io.freshet.config.Secret;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a registry is asked.
 *
 * @param urls where it is, without a password; of several each is tried in turn; none where there is no registry
 * @param username user of its basic authentication; null for none
 * @param password its password; null for none
 * @param caCertificates file of certificates, in PEM, of who signs that of the registry; null for those that the JDK trusts
 * @param timeout how long one answer may take
 * @param retryFor how long it is asked again while it is away
 */
public record RegistryOptions(
        List<String> urls,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable String caCertificates,
        Duration timeout,
        Duration retryFor)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RegistryOptions {
        urls = List.copyOf(urls);
    }

    /** The options that the settings of a deployment name. */
    public static RegistryOptions of(FreshetConfig.Registry registry) {
        return new RegistryOptions(
                registry.urls(),
                registry.username().orElse(null),
                registry.password().orElse(null),
                registry.caCertificates().orElse(null),
                registry.timeout(),
                registry.retryFor());
    }

    /** The same, but asked again for no longer than that. */
    public RegistryOptions retryingAtMost(Duration limit) {
        return new RegistryOptions(
                urls, username, password, caCertificates, timeout, retryFor.compareTo(limit) < 0 ? retryFor : limit);
    }
}
