/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import io.freshet.client.OnlineStoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler.Abstract;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request of HTTP to the handler of its route and back. */
final class CallHandler extends Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(CallHandler.class);
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,128}");
    static final String ID_HEADER = "X-Request-Id";
    private static final String NO_ROUTE = "none";
    private static final byte[] NOTHING = {};

    private final RouteTable routes;
    private final ServerOptions options;
    private final Guard guard;
    private final ServerMetrics metrics;
    private final LogPace storeFailures = new LogPace(System::nanoTime);

    CallHandler(RouteTable routes, ServerOptions options, ServerMetrics metrics) {
        this.routes = routes;
        this.options = options;
        this.guard = new Guard(options);
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        long started = System.nanoTime();
        String id = id(request);
        response.getHeaders().put(ID_HEADER, id);
        Optional<Route> found = Optional.empty();
        try {
            RouteTable.Match match =
                    routes.match(request.getMethod(), request.getHttpURI().getPath());
            found = Optional.of(match.route());
            String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
            guard.check(
                    match.route(),
                    Optional.ofNullable(Request.getServerName(request)).orElse(""),
                    authorization);
            boolean trusted = guard.holdsToken(authorization);
            Callback done = counted(found, request, response, started, admitted(match.route(), callback));
            body(request)
                    .thenCompose(body -> answer(match, call(request, id, match, trusted, body)))
                    .whenComplete(
                            (reply, failure) -> write(failure == null ? reply : refused(failure, id), response, done));
        } catch (Refusal e) {
            write(refused(e, id), response, counted(found, request, response, started, callback));
        }
        return true;
    }

    private Callback counted(
            Optional<Route> route, Request request, Response response, long started, Callback callback) {
        return Callback.from(
                callback,
                () -> metrics.answered(
                        route.map(Route::path).orElse(NO_ROUTE),
                        route.isPresent() ? request.getMethod() : NO_ROUTE,
                        response.getStatus(),
                        System.nanoTime() - started));
    }

    /** What is to be called when the answer is written. */
    private Callback admitted(Route route, Callback callback) {
        if (route.admission() == Admission.FREE) {
            return callback;
        }
        if (metrics.pending().incrementAndGet() > options.pending()) {
            metrics.pending().decrementAndGet();
            throw Refusal.of(503, "queue_full", options.pending() + " calls are being answered already")
                    .help("Try again in a second, or start more servers");
        }
        return Callback.from(callback, metrics.pending()::decrementAndGet);
    }

    private CompletableFuture<byte[]> body(Request request) {
        if (request.getLength() > options.bodyBytes()) {
            return CompletableFuture.failedFuture(tooLarge());
        }
        if (request.getLength() == 0) {
            return CompletableFuture.completedFuture(NOTHING);
        }
        CompletableFuture<byte[]> body = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(request, options.bodyBytes(), Promise.Invocable.toPromise(body));
        return body.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                failure instanceof IllegalStateException
                        ? tooLarge()
                        : Refusal.of(400, "bad_body", "The body did not arrive: " + failure.getMessage())));
    }

    private Refusal tooLarge() {
        return Refusal.of(413, "body_too_large", "The body has more than " + options.bodyBytes() + " bytes")
                .help("Ask for fewer entities at once");
    }

    private static CompletionStage<Reply> answer(RouteTable.Match match, Call call) {
        try {
            return match.route().handler().handle(call);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Call call(Request request, String id, RouteTable.Match match, boolean trusted, byte[] body) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValues());
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT),
                    Optional.ofNullable(field.getValue()).orElse(""));
        }
        return new Call(id, match.path(), query, headers, trusted, body);
    }

    /** What the caller calls the call; made up where it says nothing that can be repeated. */
    static String id(Request request) {
        String given = request.getHeaders().get(ID_HEADER);
        return given != null && ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    private Reply refused(Throwable failure, String id) {
        Refusal refusal = refusal(
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure,
                id);
        metrics.refused(refusal.code());
        return Reply.refusal(refusal, id);
    }

    private Refusal refusal(Throwable failure, String id) {
        if (failure instanceof Refusal refusal) {
            return refusal;
        }
        if (failure instanceof HttpException bad && bad.getCode() < 500) {
            return Refusal.of(bad.getCode(), "bad_call", "Cannot read the call: " + bad.getReason());
        }
        if (failure instanceof OnlineStoreException) {
            // One a second tells as much as thousands.
            if (storeFailures.mayLog()) {
                LOG.warn("Cannot answer call {}: {}", id, failure.getMessage());
            }
            return Refusal.of(503, "online_store", String.valueOf(failure.getMessage()))
                    .help("Try again; GET /health tells whether the store answers");
        }
        LOG.error("Cannot answer call {}", id, failure);
        return Refusal.of(500, "internal", "The server failed").help("Its log tells more, under this request_id");
    }

    static void write(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().remaining());
        if (reply.status() == 401) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
        }
        if (reply.status() == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        }
        reply.headers().forEach(response.getHeaders()::put);
        response.write(true, reply.body().duplicate(), callback);
    }
}
