package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.interregnum.orchestrator.event.EventLogException;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.service.MarketService;
import org.jboss.logging.Logger;

/** Begins the service, goes on with the runs of the one before it, and stops it in order. */
@ApplicationScoped
class OrchestratorLifecycle {
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");
    private static final int BAD_INPUT = 2;
    private static final long PAUSE_MILLIS = 2_000;

    private volatile MarketService service;
    private volatile Optional<String> token = Optional.empty();
    private volatile boolean stopping;

    void started(
            @Observes StartupEvent event,
            OrchestratorSettings settings,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        try {
            token = SettingsReader.token(settings, host);
            service = new MarketService(SettingsReader.service(settings), LOG::info);
        } catch (BadInputException e) {
            System.err.println("orchestrator: " + e.getMessage());
            Quarkus.asyncExit(BAD_INPUT);
            return;
        }
        Thread recovery = new Thread(this::recover, "recovery");
        recovery.setDaemon(true);
        recovery.start();
    }

    void listening(@ObservesAsync HttpServerStart event) {
        listening("http", event.options());
    }

    void listeningEncrypted(@ObservesAsync HttpsServerStart event) {
        listening("https", event.options());
    }

    private void listening(String scheme, HttpServerOptions options) {
        if (service == null) {
            // It is about to end, for what its settings say.
            return;
        }
        LOG.infof("orchestrator listens on %s://%s:%d", scheme, options.getHost(), options.getPort());
    }

    /** Aside, so that liveness answers meanwhile; a broker that is not there yet is waited for. */
    private void recover() {
        boolean said = false;
        while (!stopping) {
            try {
                service.recover();
                return;
            } catch (EventLogException | BadInputException e) {
                if (!said) {
                    LOG.warnf("%s; trying again until it does", e.getMessage());
                    said = true;
                }
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    void stopping(@Observes ShutdownEvent event) {
        stopping = true;
        if (service != null) {
            service.close();
        }
    }

    /** The runs. */
    MarketService service() {
        return service;
    }

    Optional<String> token() {
        return token;
    }

    /** Whether the runs of the service before this one are known. */
    boolean isRecovered() {
        return service != null && service.isRecovered();
    }
}
