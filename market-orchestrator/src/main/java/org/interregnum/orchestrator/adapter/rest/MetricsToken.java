package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Metrics are for whoever has the token, as the rest of the API is: they say which models are asked and what that costs.
 * Probes of health say nothing of the kind, and need none.
 */
@ApplicationScoped
class MetricsToken {
    private static final String METRICS = "/q/metrics";
    private static final int BEFORE_OTHERS = 1000;

    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    CallerLimits limits;

    @Inject
    Refusals refusals;

    void register(@Observes Filters filters) {
        filters.register(this::filter, BEFORE_OTHERS);
    }

    private void filter(RoutingContext context) {
        String path = context.normalizedPath();
        if (!path.equals(METRICS) && !path.startsWith(METRICS + "/")) {
            context.next();
            return;
        }
        HttpServerRequest request = context.request();
        if (!limits.permit(request.remoteAddress().hostAddress())) {
            refusals.log(request, limits.complaint());
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            new Problem("Too many requests", 429, limits.complaint()).send(context.response());
        } else if (TokenFilter.admits(orchestrator.token(), request.getHeader(HttpHeaders.AUTHORIZATION))) {
            context.next();
        } else {
            refusals.log(request, TokenFilter.REASON);
            context.response().putHeader(HttpHeaders.WWW_AUTHENTICATE, TokenFilter.CHALLENGE);
            TokenFilter.PROBLEM.send(context.response());
        }
    }
}
