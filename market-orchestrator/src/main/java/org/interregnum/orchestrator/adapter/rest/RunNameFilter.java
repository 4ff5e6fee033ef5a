package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.interregnum.orchestrator.service.MarketService;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses what is no name of a run, such as a path to somewhere else, before anybody looks for it. */
final class RunNameFilter {
    @Inject
    Refusals refusals;

    @ServerRequestFilter
    Optional<Response> filter(ContainerRequestContext context, HttpServerRequest request) {
        String name = context.getUriInfo().getPathParameters().getFirst("id");
        if (name == null || MarketService.isName(name)) {
            return Optional.empty();
        }
        refusals.log(request, "no name of a run");
        return Optional.of(Problem.of(
                400,
                "Bad request",
                "a run's name has letters, digits, hyphens and underscores, begins with a letter or digit, and is at most"
                        + " 63 long"));
    }
}
