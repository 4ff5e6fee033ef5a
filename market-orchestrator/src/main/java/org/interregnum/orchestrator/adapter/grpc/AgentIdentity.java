package org.interregnum.orchestrator.adapter.grpc;

import java.util.List;
import org.interregnum.agent.v1.AgentDescription;
import org.interregnum.orchestrator.agent.AgentProfile;
import org.interregnum.orchestrator.agent.Decider;
import org.interregnum.orchestrator.agent.DecisionOutcome;

/** Who an agent said it is, and the strategy that it follows. Makes the {@link Decider} of its decisions. */
final class AgentIdentity {
    private final String name;
    private final String version;
    private final String strategy;
    private final Decider rule;

    private AgentIdentity(String name, String version, String strategy) {
        this.name = name;
        this.version = version;
        this.strategy = strategy;
        this.rule = new Decider(name, version, strategy, DecisionOutcome.RULE, "");
    }

    /** Reads what an agent says of itself; {@code wanted} is a strategy, or empty for the agent's default. */
    static AgentIdentity of(AgentDescription description, String wanted, AgentWords words) {
        List<String> strategies = description.getStrategiesList();
        if (description.getName().isEmpty() || description.getVersion().isEmpty() || strategies.isEmpty()) {
            throw words.nonsense("does not say its name, version and strategies");
        }
        if (!wanted.isEmpty() && !strategies.contains(wanted)) {
            throw words.nonsense(
                    "does not offer the strategy '%s'; it offers: %s".formatted(wanted, String.join(", ", strategies)));
        }
        String strategy = wanted.isEmpty() ? strategies.get(0) : wanted;
        return new AgentIdentity(description.getName(), description.getVersion(), strategy);
    }

    AgentProfile profile() {
        return new AgentProfile(name, version, strategy);
    }

    /** Who took a decision, which came about in this way. */
    Decider decider(DecisionOutcome outcome, String reason) {
        return outcome == DecisionOutcome.RULE ? rule : new Decider(name, version, strategy, outcome, reason);
    }

    /** The outcome as it came over the wire. */
    static DecisionOutcome outcome(org.interregnum.agent.v1.DecisionOutcome outcome, String subject, AgentWords words) {
        return switch (outcome) {
            case DECISION_OUTCOME_RULE -> DecisionOutcome.RULE;
            case DECISION_OUTCOME_MODEL -> DecisionOutcome.MODEL;
            case DECISION_OUTCOME_REPAIRED -> DecisionOutcome.REPAIRED;
            case DECISION_OUTCOME_REPLAYED -> DecisionOutcome.REPLAYED;
            case DECISION_OUTCOME_FALLBACK -> DecisionOutcome.FALLBACK;
            case DECISION_OUTCOME_UNDECIDED -> DecisionOutcome.UNDECIDED;
            case DECISION_OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                throw words.nonsense(
                        "did not say how it decided " + subject + "; the outcome must be one of the contract's");
        };
    }
}
