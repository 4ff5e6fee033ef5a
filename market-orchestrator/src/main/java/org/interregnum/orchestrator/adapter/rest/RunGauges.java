package org.interregnum.orchestrator.adapter.rest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.interregnum.orchestrator.service.MarketService;
import org.interregnum.orchestrator.service.RunState;

/** Number of runs in each state, when it is asked for. */
@ApplicationScoped
class RunGauges {
    void started(@Observes StartupEvent event, MeterRegistry registry, OrchestratorLifecycle orchestrator) {
        for (RunState state : RunState.values()) {
            Gauge.builder("interregnum.runs", () -> count(orchestrator.service(), state))
                    .description("Runs that the service knows, by state")
                    .tag("state", state.word())
                    .register(registry);
        }
    }

    private static long count(MarketService service, RunState state) {
        return service == null ? 0 : service.countByState().getOrDefault(state, 0L);
    }
}
