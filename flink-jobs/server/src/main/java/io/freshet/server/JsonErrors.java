/* SPDX-License-Identifier: Apache-2.0 */
package io.freshet.server;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what Jetty refuses by itself, such as a malformed address or a call while it stops, in the form of the others. */
final class JsonErrors extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        Refusal refusal = status == HttpStatus.SERVICE_UNAVAILABLE_503
                ? Refusal.of(status, "stopping", "The server is stopping").help("Call another, or this one later")
                : Refusal.of(status, "bad_call", message(request, status));
        // Made up where the first line cannot be read: Jetty then reads no header.
        String id = CallHandler.id(request);
        response.getHeaders().put(CallHandler.ID_HEADER, id);
        CallHandler.write(Reply.refusal(refusal, id), response, callback);
        return true;
    }

    private static String message(Request request, int status) {
        Object given = request.getAttribute(ERROR_MESSAGE);
        return status < HttpStatus.INTERNAL_SERVER_ERROR_500 && given != null
                ? given.toString()
                : HttpStatus.getMessage(status);
    }
}
