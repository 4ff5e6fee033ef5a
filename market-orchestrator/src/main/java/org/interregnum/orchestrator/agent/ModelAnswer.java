package org.interregnum.orchestrator.agent;

/**
 * An agent's answer to a question that a model was to decide.
 *
 * @param agent who asked the model, and by which strategy
 * @param decision what was decided; with {@link DecisionOutcome#UNDECIDED} it means nothing
 * @param outcome how it came about
 * @param reason why the outcome is what it is; empty for {@link DecisionOutcome#MODEL}
 * @param report how the model came to it
 */
public record ModelAnswer(
        AgentProfile agent, ModelDecision decision, DecisionOutcome outcome, String reason, ModelReport report) {}
