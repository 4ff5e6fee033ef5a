package org.interregnum.orchestrator.adapter.rest;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import org.interregnum.agent.NameLookups;
import org.interregnum.agent.tls.TlsSettingException;

/** Where the application begins, however it was packed and whoever loads it. */
@QuarkusMain
public final class OrchestratorApplication {
    private static final int BAD_INPUT = 2;

    private OrchestratorApplication() {}

    /** Serves until the process is told to end. */
    public static void main(String[] arguments) {
        NameLookups.forgetSoon();
        try {
            HttpsSettings.apply(System.getenv());
        } catch (TlsSettingException e) {
            System.err.println("orchestrator: " + e.getMessage());
            System.exit(BAD_INPUT);
        }
        Quarkus.run(arguments);
    }
}
