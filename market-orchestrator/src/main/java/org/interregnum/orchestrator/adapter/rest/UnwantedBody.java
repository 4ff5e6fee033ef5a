package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;

/**
 * The rest of a body that is refused. A connection that is closed while it is on its way takes the answer with it, so what
 * comes is passed over for a while before the connection is closed.
 */
final class UnwantedBody {
    private static final long MOST_MILLIS = 5_000;

    private UnwantedBody() {}

    /** Closes the connection when the request has been answered and its body has ended, or does not end. */
    static void passOver(HttpServerRequest request) {
        request.response().endHandler(answered -> {
            HttpConnection connection = request.connection();
            if (request.isEnded()) {
                connection.close();
                return;
            }
            Vertx vertx = Vertx.currentContext().owner();
            long timer = vertx.setTimer(MOST_MILLIS, late -> connection.close());
            request.exceptionHandler(gone -> vertx.cancelTimer(timer))
                    .handler(piece -> {})
                    .endHandler(whole -> {
                        vertx.cancelTimer(timer);
                        connection.close();
                    })
                    .resume();
        });
    }
}
