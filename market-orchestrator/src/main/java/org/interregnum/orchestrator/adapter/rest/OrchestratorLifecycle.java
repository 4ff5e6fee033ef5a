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
import org.interregnum.orchestrator.run.RunInstruments;
import org.interregnum.orchestrator.service.DataLock;
import org.interregnum.orchestrator.service.MarketService;
import org.interregnum.orchestrator.service.ServiceSettings;
import org.jboss.logging.Logger;

/** Begins the service, goes on with the runs of the one before it, and stops it in order. */
@ApplicationScoped
class OrchestratorLifecycle {
    private static final Logger LOG = Logger.getLogger("org.interregnum.orchestrator");
    private static final int BAD_INPUT = 2;
    private static final long PAUSE_MILLIS = 2_000;

    private volatile DataLock lock;
    private volatile MarketService service;
    private volatile Optional<String> token = Optional.empty();
    private volatile boolean stopping;

    void started(
            @Observes StartupEvent event,
            OrchestratorSettings settings,
            RunInstruments.Factory instruments,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        try {
            token = SettingsReader.token(settings, host);
            ServiceSettings known = SettingsReader.service(settings);
            lock = lock(known);
            service = new MarketService(known, RunLines::log, instruments);
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
        String said = "";
        while (!stopping) {
            String problem;
            try {
                lock.take();
                service.recover();
                return;
            } catch (EventLogException | BadInputException e) {
                problem = String.valueOf(e.getMessage());
            } catch (RuntimeException e) {
                problem = "a fault of the program: " + e;
                if (!problem.equals(said)) {
                    LOG.error("a fault of the program", e);
                }
            }
            if (!problem.equals(said)) {
                LOG.warnf("%s; trying again until it does", problem);
                said = problem;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A directory that cannot be had yet is tried again later; one that another service has is not. */
    private static DataLock lock(ServiceSettings settings) {
        DataLock lock = new DataLock(settings.data());
        try {
            lock.take();
        } catch (EventLogException e) {
            LOG.debugf("%s", e.getMessage());
        }
        return lock;
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
