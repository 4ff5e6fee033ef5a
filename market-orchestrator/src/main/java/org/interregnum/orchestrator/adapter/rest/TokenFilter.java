package org.interregnum.orchestrator.adapter.rest;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses whoever does not send the token, where there is one, and everybody where the settings are wrong. */
final class TokenFilter {
    /** What the log says of whoever is refused. */
    static final String REASON = "no token, or a wrong one";

    static final String CHALLENGE = "Bearer";
    static final Problem PROBLEM =
            new Problem("Unauthorized", 401, "a bearer token is needed: Authorization: Bearer TOKEN");

    private static final String BEARER = CHALLENGE + " ";

    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    Refusals refusals;

    @ServerRequestFilter(preMatching = true)
    Optional<Response> filter(ContainerRequestContext context, HttpServerRequest request) {
        if (orchestrator.service() == null) {
            return Optional.of(Problem.of(503, "Service unavailable", "the service is about to end; its log says why"));
        }
        Optional<String> token = orchestrator.token();
        if (admits(token, context.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            return Optional.empty();
        }
        refusals.log(request, REASON);
        return Optional.of(Response.fromResponse(PROBLEM.response())
                .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE)
                .build());
    }

    /** Whether a request with this header, or none, may pass. */
    static boolean admits(Optional<String> token, String header) {
        return token.isEmpty() || isRight(token.get(), header);
    }

    /** Takes the same time whatever is wrong with it. */
    private static boolean isRight(String token, String header) {
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
