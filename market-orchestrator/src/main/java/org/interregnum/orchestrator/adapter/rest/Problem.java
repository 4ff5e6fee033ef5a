package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * What went wrong, as {@code application/problem+json} (RFC 9457).
 *
 * @param title the kind of problem, the same for all of a kind
 * @param status HTTP status
 * @param detail this problem in one line
 */
record Problem(String title, int status, String detail) {
    static final String TYPE = "application/problem+json";

    static Response of(int status, String title, String detail) {
        return new Problem(title, status, detail).response();
    }

    Response response() {
        return Response.status(status).type(TYPE).entity(this).build();
    }

    /** Ends a request with this, where no resource has been found for it yet. */
    void send(HttpServerResponse response) {
        JsonObject json =
                new JsonObject().put("title", title).put("status", status).put("detail", detail);
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, TYPE).end(json.encode());
    }
}
