/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.config.Secret;
import io.freshet.metrics.RegistryMetrics;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a registry over HTTP, again and again while it is away: whoever asks waits. Used by one thread at a time.
 *
 * <p>Away is a registry that cannot be reached, is too slow, answers with a status of 408, 429 or 500 and above, or with no
 * JSON. One that answers otherwise, but not as a registry does, refuses: waiting would not help.
 */
final class RegistryRequests {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryRequests.class);

    private static final String JSON = "application/vnd.schemaregistry.v1+json";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** The registry's own codes have five digits; those of the web server in front of it are statuses. */
    private static final int LEAST_OWN_CODE = 10_000;

    /** It may be another time. */
    private static final class AwayException extends Exception {
        private static final long serialVersionUID = 1L;

        private AwayException(String message) {
            super(message);
        }

        private AwayException(Throwable cause) {
            super(cause.getMessage() == null ? nameOf(cause) : cause.getMessage(), cause);
        }

        private static String nameOf(Throwable cause) {
            return cause instanceof ConnectException
                    ? "cannot connect"
                    : cause.getClass().getSimpleName();
        }
    }

    private final RegistryOptions options;
    private final RegistryMetrics metrics;
    private final ObjectMapper mapper = new ObjectMapper();
    private @Nullable HttpClient client;
    private int turn;

    RegistryRequests(RegistryOptions options, RegistryMetrics metrics) {
        if (options.urls().isEmpty()) {
            throw new IllegalArgumentException("Cannot ask a schema registry: registry.url is not set");
        }
        this.options = options;
        this.metrics = metrics;
    }

    /** Where the registry is, for messages. */
    String place() {
        return String.join(", ", options.urls());
    }

    /**
     * What is at that path.
     *
     * @param what what is asked for, for messages: {@code schema 7}
     */
    RegistryAnswer get(String path, String what) throws IOException {
        return ask(path, HttpRequest.newBuilder().GET(), what);
    }

    /** What comes of sending JSON there. */
    RegistryAnswer post(String path, JsonNode json, String what) throws IOException {
        return ask(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(json.toString())), what);
    }

    private RegistryAnswer ask(String path, HttpRequest.Builder request, String what) throws IOException {
        request.header("Accept", JSON + ", application/json").header("Content-Type", JSON);
        authorization().ifPresent(value -> request.header("Authorization", value));
        Wait wait = new Wait(what);
        try {
            while (true) {
                String url = options.urls().get(turn % options.urls().size());
                try {
                    RegistryAnswer answer =
                            once(request.uri(URI.create(url + path)).build(), url);
                    metrics.answered();
                    return answer;
                } catch (AwayException e) {
                    metrics.failed();
                    turn++;
                    wait.pause(e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("Interrupted while asking the schema registry for " + what);
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            wait.end();
        }
    }

    private Optional<String> authorization() {
        Secret password = options.password();
        if (options.username() == null || password == null) {
            return Optional.empty();
        }
        byte[] pair = (options.username() + ":" + password.value()).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    private RegistryAnswer once(HttpRequest request, String url)
            throws AwayException, RegistryException, InterruptedException {
        CompletableFuture<HttpResponse<String>> sent =
                client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            // The client's own timeout ends with the head of the answer, and its body may never come.
            return answer(sent.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS), url);
        } catch (TimeoutException e) {
            throw new AwayException("no answer within " + options.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            failIfNotTrusted(cause, url);
            throw new AwayException(cause);
        } finally {
            sent.cancel(true);
        }
    }

    /** Whom we do not trust now we shall not trust later. */
    private static void failIfNotTrusted(Throwable failure, String url) throws RegistryException {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                throw new RegistryException(
                        "Cannot trust the schema registry at " + url + ": " + cause.getMessage()
                                + "; set registry.ca_certificates to the certificates of who signed that of the registry",
                        failure);
            }
        }
    }

    private RegistryAnswer answer(HttpResponse<String> response, String url) throws AwayException, RegistryException {
        int status = response.statusCode();
        if (status >= SERVER_ERROR || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS) {
            throw new AwayException("HTTP status " + status);
        }
        if (status == UNAUTHORIZED || status == FORBIDDEN) {
            throw new RegistryException("The schema registry at " + url + " refuses us (HTTP status " + status
                    + "): set registry.username and registry.password to a user that may read");
        }
        RegistryAnswer answer = new RegistryAnswer(0, json(response.body()));
        if (status == OK) {
            if (answer.body().isMissingNode()) {
                throw new AwayException("an answer that is no JSON");
            }
            return answer;
        }
        int code = answer.body().path("error_code").asInt(0);
        boolean isOwn = code >= LEAST_OWN_CODE || status == CONFLICT || status == UNPROCESSABLE;
        if (status < BAD_REQUEST || !isOwn) {
            throw new RegistryException("The schema registry at " + url + " answers with HTTP status " + status + " ("
                    + answer.message() + "): is registry.url the beginning of its API,"
                    + " such as http://host:8081 or http://host:8080/apis/ccompat/v7?");
        }
        return new RegistryAnswer(Math.max(code, status), answer.body());
    }

    private JsonNode json(String body) {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException e) {
            return mapper.missingNode();
        }
    }

    private HttpClient client() throws RegistryException {
        HttpClient known = client;
        if (known == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(options.timeout())
                    .followRedirects(HttpClient.Redirect.NEVER);
            String trusted = options.caCertificates();
            if (trusted != null) {
                builder.sslContext(Trust.in(Path.of(trusted)));
            }
            known = builder.build();
            client = known;
        }
        return known;
    }

    /** Waiting for one answer: pauses that grow, told in the log when they begin, go on and end. */
    private final class Wait {
        private final String what;
        private final long sinceNanos = System.nanoTime();
        private long toldNanos = sinceNanos;
        private long pauseMillis;

        private Wait(String what) {
            this.what = what;
        }

        private void pause(AwayException away) throws RegistryException, InterruptedException {
            long now = System.nanoTime();
            Duration left = options.retryFor().minusNanos(now - sinceNanos);
            if (left.isNegative() || left.isZero()) {
                throw new RegistryException(
                        "Cannot get " + what + " from the schema registry at " + place() + ": tried for "
                                + options.retryFor().toMillis() + " ms, last: " + away.getMessage(),
                        away);
            }
            if (pauseMillis == 0) {
                metrics.waitBegins();
                LOG.warn("The schema registry at {} is away ({}). Waiting for {}.", place(), away.getMessage(), what);
            } else if (now - toldNanos >= LOG_INTERVAL.toNanos()) {
                toldNanos = now;
                LOG.warn(
                        "The schema registry at {} has been away for {} s ({}). Waiting for {}.",
                        place(),
                        TimeUnit.NANOSECONDS.toSeconds(now - sinceNanos),
                        away.getMessage(),
                        what);
            }
            pauseMillis =
                    pauseMillis == 0 ? FIRST_PAUSE.toMillis() : Math.min(2 * pauseMillis, LONGEST_PAUSE.toMillis());
            Thread.sleep(Math.min(pauseMillis, left.toMillis() + 1));
        }

        private void end() {
            if (pauseMillis > 0) {
                metrics.waitEnds();
                LOG.warn(
                        "Waited {} ms for the schema registry at {}.",
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos),
                        place());
            }
        }
    }
}
