package org.interregnum.orchestrator.adapter.rest;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.interregnum.orchestrator.agent.RegisteredAgent;

/**
 * An agent as the API shows it.
 *
 * @param name what it is called
 * @param role which side of the market it decides for
 * @param address where it listens
 * @param strategy strategy that it is asked to follow; empty for its own default
 * @param model name of the model that it asks; empty when it follows a rule
 * @param implementation name of its implementation; empty while nobody has looked at it
 * @param version version of its implementation
 * @param strategies strategies that it offers, its default first
 * @param health {@code serving}, {@code failing}, or {@code unknown} while nobody has looked at it
 * @param problem what was wrong with it when it was last looked at
 * @param checked when it was last looked at, in UTC; empty when it never was
 */
@Schema(name = "Agent")
record AgentJson(
        String name,
        @Schema(enumeration = {"seller", "buyer"}) String role,
        String address,
        String strategy,
        String model,
        String implementation,
        String version,
        List<String> strategies,

        @Schema(enumeration = {"serving", "failing", "unknown"})
        String health,

        String problem,
        String checked) {
    static AgentJson of(RegisteredAgent registered) {
        return new AgentJson(
                registered.name(),
                registered.role().word(),
                registered.agent().address(),
                registered.agent().strategy(),
                registered.agent().model().map(model -> model.model()).orElse(""),
                registered.description().implementation(),
                registered.description().version(),
                registered.description().strategies(),
                registered.checked().isEmpty()
                        ? "unknown"
                        : registered.problem().isEmpty() ? "serving" : "failing",
                registered.problem(),
                registered.checked().map(Instant::toString).orElse(""));
    }
}
