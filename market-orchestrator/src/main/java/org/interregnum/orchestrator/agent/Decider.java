package org.interregnum.orchestrator.agent;

/**
 * Who took a decision, and how it came about.
 *
 * @param agent name of the agent's implementation
 * @param version version of the agent's implementation
 * @param strategy strategy that it followed, such as {@code rule}
 * @param outcome how the decision came about
 * @param reason why the outcome is what it is; empty for a rule
 * @param model name of the model that was asked; empty for a rule
 */
public record Decider(
        String agent, String version, String strategy, DecisionOutcome outcome, String reason, String model) {
    /** Somebody who asked no model. */
    public Decider(String agent, String version, String strategy, DecisionOutcome outcome, String reason) {
        this(agent, version, strategy, outcome, reason, "");
    }
}
