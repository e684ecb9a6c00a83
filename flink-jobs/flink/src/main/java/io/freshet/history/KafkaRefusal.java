/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.history;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * Brokers that answer, but will not have us, or that we will not have: a wrong password, a certificate that nobody we trust
 * has signed, a right that is missing. To ask again is of no use. No message repeats a setting that may be a secret.
 */
public final class KafkaRefusal {

    private static final String KEYSTORE = "Failed to load SSL keystore";

    private KafkaRefusal() {}

    /** Why Kafka could not be used, with what to do about it where it refuses us; else as the client says. */
    public static String reason(Throwable failure) {
        return explain(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    /** Why Kafka refuses us and what to do about it; empty for all other failures. */
    public static Optional<String> explain(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SslAuthenticationException) {
                return Optional.of(cause.getMessage() + " (" + innermost(cause) + "); check ssl.truststore.location, or"
                        + " ssl.truststore.certificates, of kafka.properties: it must hold who signed the broker's"
                        + " certificate, and kafka.bootstrap must name the host that the certificate names");
            }
            if (cause instanceof SaslAuthenticationException) {
                return Optional.of(cause.getMessage()
                        + "; check user and password in sasl.jaas.config, sasl.mechanism and security.protocol of"
                        + " kafka.properties");
            }
            if (cause instanceof AuthorizationException) {
                return Optional.of(withoutFullStop(cause.getMessage())
                        + "; the broker's access control must allow it to the user of kafka.properties: see"
                        + " flink-jobs/flink/docs/security.md");
            }
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith(KEYSTORE)) {
                return Optional.of(message + " (" + innermost(cause) + "); check ssl.truststore.location, .type and"
                        + " .password of kafka.properties, on each machine");
            }
        }
        return Optional.empty();
    }

    private static String withoutFullStop(@Nullable String message) {
        String text = String.valueOf(message);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return String.valueOf(inner.getMessage());
    }
}
