package org.interregnum.orchestrator.adapter.rest;

import dev.failsafe.RateLimiter;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
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

    /** A body that says that it is too large is refused here; one that turns out to be, where it is read. */
    void watch(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::watch);
    }

    private void watch(RoutingContext context) {
        context.addHeadersEndHandler(ending -> {
            if (context.response().getStatusCode() == TOO_LARGE) {
                log(context.request(), "the body is too large");
            }
        });
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isTooLarge(length)) {
            UnwantedBody.passOver(context.request());
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            new Problem("Request Entity Too Large", TOO_LARGE, BodyLimit.COMPLAINT).send(context.response());
        } else {
            context.next();
        }
    }

    /** What is no number is the server's to refuse. */
    private static boolean isTooLarge(String length) {
        return length.matches("0*\\d{1,18}") ? Long.parseLong(length) > BodyLimit.BYTES : length.matches("\\d+");
    }

    /** Whoever calls chooses the path, and must not be able to write lines of this log. */
    private static String printable(String path) {
        String shown = path.length() > LONGEST ? path.substring(0, LONGEST) + "..." : path;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
