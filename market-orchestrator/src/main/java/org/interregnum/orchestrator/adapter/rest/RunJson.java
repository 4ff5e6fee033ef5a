package org.interregnum.orchestrator.adapter.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.interregnum.orchestrator.service.RunView;

/**
 * A run as the API shows it.
 *
 * @param id what it is called
 * @param state what it is doing
 * @param reason why it ended as it did; empty while it does not, and when it finished
 * @param step steps that it has taken
 * @param steps steps that it is to take
 * @param created when it was first asked for, in UTC
 * @param directory where its files are, on the service's machine
 */
@Schema(name = "Run")
record RunJson(
        String id,

        @Schema(enumeration = {"waiting", "running", "paused", "finished", "stopped", "failed", "budget_spent"})
        String state,

        String reason,
        long step,
        long steps,
        String created,
        String directory) {
    static RunJson of(RunView run) {
        return new RunJson(
                run.id(),
                run.state().word(),
                run.reason(),
                run.step(),
                run.steps(),
                run.created().toString(),
                run.directory().toString());
    }
}
