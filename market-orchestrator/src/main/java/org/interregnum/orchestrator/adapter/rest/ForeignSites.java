package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Without a token, a page that somebody's browser shows must not steer the service of that somebody's machine: neither from
 * a site of its own, nor by a name of its own for this machine.
 */
@ApplicationScoped
class ForeignSites {
    private static final int BEFORE_OTHERS = 2000;
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d{0,5}$");

    @Inject
    OrchestratorLifecycle orchestrator;

    @Inject
    Refusals refusals;

    @ConfigProperty(name = "quarkus.http.host")
    String listening;

    void register(@Observes Filters filters) {
        filters.register(this::filter, BEFORE_OTHERS);
    }

    private void filter(RoutingContext context) {
        Optional<String> objection = orchestrator.token().isPresent() ? Optional.empty() : objection(context.request());
        if (objection.isEmpty()) {
            context.next();
            return;
        }
        refusals.log(context.request(), objection.get());
        new Problem("Foreign site", 403, objection.get()).send(context.response());
    }

    private Optional<String> objection(HttpServerRequest request) {
        // A caller of HTTP/2 names the host in another place.
        HostAndPort authority = request.authority();
        String host = authority == null ? request.getHeader(HttpHeaders.HOST) : authority.toString();
        return objection(listening, host, request.getHeader("Origin"));
    }

    /**
     * What is wrong with a request; empty for nothing.
     *
     * @param listening where the service listens
     * @param host for whom the request is meant, as {@code HOST} or {@code HOST:PORT}; null when it does not say so, as no
     *     browser does
     * @param origin which site made a browser send it; null for none
     */
    static Optional<String> objection(String listening, String host, String origin) {
        if (host != null && !isOwn(listening, PORT.matcher(host).replaceFirst(""))) {
            return Optional.of("the host " + host + " is not this service; without a token it is called as localhost");
        }
        boolean isOwnSite = origin == null || (host != null && isOf(origin.toLowerCase(Locale.ROOT), host));
        return isOwnSite
                ? Optional.empty()
                : Optional.of("pages of the origin " + origin + " may not call a service that has no token");
    }

    private static boolean isOf(String origin, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + name) || origin.equals("https://" + name);
    }

    private static boolean isOwn(String listening, String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(name).matches() || name.equals(listening.toLowerCase(Locale.ROOT));
    }
}
