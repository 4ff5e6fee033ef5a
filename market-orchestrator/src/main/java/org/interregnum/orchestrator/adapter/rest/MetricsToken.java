package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/**
 * Metrics are for whoever has the token, as the rest of the API is: they say which models are asked and what that costs.
 * Probes of health say nothing of the kind, and need none.
 */
@ApplicationScoped
class MetricsToken {
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");
    private static final String METRICS = "/q/metrics";
    private static final int BEFORE_OTHERS = 1000;

    @Inject
    OrchestratorLifecycle orchestrator;

    void register(@Observes Filters filters) {
        filters.register(this::filter, BEFORE_OTHERS);
    }

    private void filter(RoutingContext context) {
        String path = context.normalizedPath();
        boolean isMetrics = path.equals(METRICS) || path.startsWith(METRICS + "/");
        if (!isMetrics
                || TokenFilter.admits(orchestrator.token(), context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            context.next();
            return;
        }
        LOG.warnf(
                "refused GET %s from %s: no token, or a wrong one",
                METRICS, context.request().remoteAddress().hostAddress());
        context.response()
                .setStatusCode(Response.Status.UNAUTHORIZED.getStatusCode())
                .putHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .end();
    }
}
