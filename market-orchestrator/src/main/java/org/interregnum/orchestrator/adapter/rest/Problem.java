package org.interregnum.orchestrator.adapter.rest;

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
        return Response.status(status)
                .type(TYPE)
                .entity(new Problem(title, status, detail))
                .build();
    }
}
