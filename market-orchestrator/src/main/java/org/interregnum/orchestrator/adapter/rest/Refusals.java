package org.interregnum.orchestrator.adapter.rest;

import dev.failsafe.RateLimiter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Who was refused what, and why: a line each, without anything secret, and not more lines than somebody can read. */
@ApplicationScoped
class Refusals {
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");
    private static final int LONGEST = 200;
    private static final int LINES_PER_SECOND = 20;
    private static final int TOO_LARGE = 413;
    private static final int EARLY = 1000;

    private final RateLimiter<Object> lines =
            RateLimiter.burstyBuilder(LINES_PER_SECOND, Duration.ofSeconds(1)).build();

    void log(HttpServerRequest request, String reason) {
        if (lines.tryAcquirePermit()) {
            LOG.warnf(
                    "refused %s %s from %s: %s",
                    request.method(),
                    printable(request.path()),
                    request.remoteAddress().hostAddress(),
                    printable(reason));
        }
    }

    /** Bodies that are too large are refused before any resource hears of them. */
    void watch(@Observes Filters filters) {
        filters.register(this::watch, EARLY);
    }

    private void watch(RoutingContext context) {
        context.addEndHandler(ended -> {
            if (context.response().getStatusCode() == TOO_LARGE) {
                log(context.request(), "the body is too large");
            }
        });
        context.next();
    }

    /** Whoever calls chooses the path, and must not be able to write lines of this log. */
    private static String printable(String path) {
        String shown = path.length() > LONGEST ? path.substring(0, LONGEST) + "..." : path;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
