package org.interregnum.orchestrator.adapter.rest;

import dev.failsafe.RateLimiter;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses callers that call too often, before anything else is looked at. Each address has a limit of its own. */
@Singleton
final class RateFilter {
    private static final int FIRST = 100;
    private static final int MOST_CALLERS = 4096;

    @Inject
    Refusals refusals;

    @Inject
    OrchestratorSettings settings;

    private final Map<String, RateLimiter<Object>> callers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter<Object>> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    @ServerRequestFilter(preMatching = true, priority = FIRST)
    Optional<Response> filter(HttpServerRequest request) {
        if (limiter(request.remoteAddress().hostAddress()).tryAcquirePermit()) {
            return Optional.empty();
        }
        String reason = "more than " + settings.requestsPerSecond() + " requests within a second";
        refusals.log(request, reason);
        return Optional.of(Response.fromResponse(Problem.of(429, "Too many requests", reason))
                .header(HttpHeaders.RETRY_AFTER, 1)
                .build());
    }

    private RateLimiter<Object> limiter(String caller) {
        synchronized (callers) {
            return callers.computeIfAbsent(
                    caller,
                    added -> RateLimiter.burstyBuilder(settings.requestsPerSecond(), Duration.ofSeconds(1))
                            .build());
        }
    }
}
