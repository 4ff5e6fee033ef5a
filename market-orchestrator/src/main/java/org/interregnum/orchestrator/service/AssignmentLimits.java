package org.interregnum.orchestrator.service;

import org.interregnum.orchestrator.adapter.kafka.RecordSize;
import org.interregnum.orchestrator.agent.AssignedAgent;
import org.interregnum.orchestrator.request.BadInputException;
import org.interregnum.orchestrator.request.RunRequest;

/** What must hold for a model that is to decide in a run that began without it. */
final class AssignmentLimits {
    private AssignmentLimits() {}

    /** @throws BadInputException when the run's limits cannot be kept with the agent */
    static void require(RunRequest run, AssignedAgent agent) {
        if (agent.model().isEmpty()) {
            return;
        }
        if (run.rules().budget().cost() < Double.POSITIVE_INFINITY
                && !agent.model().get().isPriced()) {
            throw BadInputException.about(
                    "agent",
                    agent.name(),
                    "asks a model without prices in a run with a max-cost; must have price-input and price-output");
        }
        int sellers = run.spec().market().sellers();
        run.kafka().ifPresent(kafka -> {
            int most = RecordSize.mostBuyers(sellers, true, kafka.values());
            if (run.spec().market().buyers() > most) {
                throw BadInputException.about(
                        "agent",
                        agent.name(),
                        "asks a model in a run with %d buyers; there must be at most %d, so that an event fits into 16 MiB"
                                .formatted(run.spec().market().buyers(), most));
            }
        });
    }
}
