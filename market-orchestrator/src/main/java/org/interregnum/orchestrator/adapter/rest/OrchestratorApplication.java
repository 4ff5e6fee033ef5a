package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.interregnum.agent.NameLookups;

/** Where the application begins, however it was packed and whoever loads it. */
@QuarkusMain
public final class OrchestratorApplication {
    private OrchestratorApplication() {}

    /** Serves until the process is told to end. */
    public static void main(String[] arguments) {
        NameLookups.forgetSoon();
        Quarkus.run(arguments);
    }
}
