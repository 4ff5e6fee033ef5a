package org.interregnum.agent.server;

import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.interregnum.agent.telemetry.TelemetrySettings;

/** Looks at an agent's settings when it starts, rather than when the first model is asked. */
public final class SettingsCheck {
    private static final int BAD_INPUT = 2;

    private SettingsCheck() {}

    /** Whether the settings can be used; otherwise the process ends with 2 and a line on standard error. */
    public static boolean holds(
            List<String> endpointUrls, Optional<Path> prompts, Optional<String> log, Optional<String> managementPort) {
        String mistake = TelemetrySettings.mistake(log.orElse(""), managementPort.orElse(""));
        if (mistake.isEmpty()) {
            mistake = mistake(endpointUrls, prompts);
        }
        if (!mistake.isEmpty()) {
            System.err.println(mistake);
            Quarkus.asyncExit(BAD_INPUT);
        }
        return mistake.isEmpty();
    }

    private static String mistake(List<String> endpointUrls, Optional<Path> prompts) {
        try {
            new PermittedUrls(endpointUrls);
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return prompts.filter(path -> !Files.isDirectory(path))
                .map(path -> "interregnum.prompts is '" + path + "'; it must be a directory")
                .orElse("");
    }
}
