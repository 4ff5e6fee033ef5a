package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses callers that call too often, before anything else is looked at. */
final class RateFilter {
    private static final int FIRST = 100;

    @Inject
    Refusals refusals;

    @Inject
    CallerLimits limits;

    @ServerRequestFilter(preMatching = true, priority = FIRST)
    Optional<Response> filter(HttpServerRequest request) {
        if (limits.permit(request.remoteAddress().hostAddress())) {
            return Optional.empty();
        }
        refusals.log(request, limits.complaint());
        return Optional.of(Response.fromResponse(Problem.of(429, "Too many requests", limits.complaint()))
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build());
    }
}
