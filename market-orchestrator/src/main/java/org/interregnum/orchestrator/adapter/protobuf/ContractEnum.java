package org.interregnum.orchestrator.adapter.protobuf;

import java.util.EnumMap;
import java.util.Map;
import org.interregnum.orchestrator.agent.AgentRole;
import org.interregnum.orchestrator.agent.DecisionKind;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.Information;
import org.interregnum.orchestrator.agent.ModelProvider;
import org.interregnum.orchestrator.agent.OnAgentFailure;
import org.interregnum.orchestrator.agent.StructuredOutput;
import org.interregnum.orchestrator.event.AgentsAssigned;
import org.interregnum.orchestrator.event.RunStatus;
import org.interregnum.orchestrator.model.Impression;

/**
 * Values of one of the market's enums, and what stands for each in the contracts.
 *
 * @param <D> the market's enum
 * @param <W> the contract's enum
 */
public final class ContractEnum<D extends Enum<D>, W extends Enum<W>> {
    /** What a buyer thinks of a seller. */
    public static final ContractEnum<Impression, org.interregnum.agent.v1.Impression> IMPRESSION = new ContractEnum<>(
            "impression",
            Map.of(
                    Impression.TERRIBLE, org.interregnum.agent.v1.Impression.IMPRESSION_TERRIBLE,
                    Impression.BAD, org.interregnum.agent.v1.Impression.IMPRESSION_BAD,
                    Impression.NEUTRAL, org.interregnum.agent.v1.Impression.IMPRESSION_NEUTRAL,
                    Impression.GOOD, org.interregnum.agent.v1.Impression.IMPRESSION_GOOD,
                    Impression.EXCELLENT, org.interregnum.agent.v1.Impression.IMPRESSION_EXCELLENT));

    /** What a seller that is a model is told. */
    public static final ContractEnum<Information, org.interregnum.agent.v1.Information> INFORMATION =
            new ContractEnum<>(
                    "information",
                    Map.of(
                            Information.RESEARCH, org.interregnum.agent.v1.Information.INFORMATION_RESEARCH,
                            Information.PRICE_ONLY, org.interregnum.agent.v1.Information.INFORMATION_PRICE_ONLY));

    static final ContractEnum<ModelProvider, org.interregnum.agent.v1.ModelProvider> PROVIDER = new ContractEnum<>(
            "provider",
            Map.of(
                    ModelProvider.OPENAI, org.interregnum.agent.v1.ModelProvider.MODEL_PROVIDER_OPENAI,
                    ModelProvider.ANTHROPIC, org.interregnum.agent.v1.ModelProvider.MODEL_PROVIDER_ANTHROPIC,
                    ModelProvider.OLLAMA, org.interregnum.agent.v1.ModelProvider.MODEL_PROVIDER_OLLAMA));

    static final ContractEnum<StructuredOutput, org.interregnum.agent.v1.StructuredOutput> STRUCTURED_OUTPUT =
            new ContractEnum<>(
                    "structured output",
                    Map.of(
                            StructuredOutput.JSON_SCHEMA,
                                    org.interregnum.agent.v1.StructuredOutput.STRUCTURED_OUTPUT_JSON_SCHEMA,
                            StructuredOutput.JSON_OBJECT,
                                    org.interregnum.agent.v1.StructuredOutput.STRUCTURED_OUTPUT_JSON_OBJECT,
                            StructuredOutput.NONE, org.interregnum.agent.v1.StructuredOutput.STRUCTURED_OUTPUT_NONE));

    static final ContractEnum<DecisionOutcome, org.interregnum.agent.v1.DecisionOutcome> OUTCOME = new ContractEnum<>(
            "outcome",
            Map.of(
                    DecisionOutcome.RULE, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_RULE,
                    DecisionOutcome.MODEL, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_MODEL,
                    DecisionOutcome.REPAIRED, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_REPAIRED,
                    DecisionOutcome.REPLAYED, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_REPLAYED,
                    DecisionOutcome.FALLBACK, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_FALLBACK,
                    DecisionOutcome.UNDECIDED, org.interregnum.agent.v1.DecisionOutcome.DECISION_OUTCOME_UNDECIDED));

    static final ContractEnum<RunStatus, org.interregnum.event.v1.RunStatus> STATUS = new ContractEnum<>(
            "status",
            Map.of(
                    RunStatus.FINISHED, org.interregnum.event.v1.RunStatus.RUN_STATUS_FINISHED,
                    RunStatus.FAILED, org.interregnum.event.v1.RunStatus.RUN_STATUS_FAILED,
                    RunStatus.BUDGET_SPENT, org.interregnum.event.v1.RunStatus.RUN_STATUS_BUDGET_SPENT,
                    RunStatus.INTERRUPTED, org.interregnum.event.v1.RunStatus.RUN_STATUS_INTERRUPTED));

    static final ContractEnum<AgentsAssigned.Cause, org.interregnum.event.v1.AssignmentCause> ASSIGNMENT_CAUSE =
            new ContractEnum<>(
                    "cause",
                    Map.of(
                            AgentsAssigned.Cause.REQUEST,
                                    org.interregnum.event.v1.AssignmentCause.ASSIGNMENT_CAUSE_REQUEST,
                            AgentsAssigned.Cause.FAILURE,
                                    org.interregnum.event.v1.AssignmentCause.ASSIGNMENT_CAUSE_FAILURE));

    static final ContractEnum<OnAgentFailure, org.interregnum.event.v1.OnAgentFailure> ON_AGENT_FAILURE =
            new ContractEnum<>(
                    "failure policy",
                    Map.of(
                            OnAgentFailure.STOP, org.interregnum.event.v1.OnAgentFailure.ON_AGENT_FAILURE_STOP,
                            OnAgentFailure.PREVIOUS,
                                    org.interregnum.event.v1.OnAgentFailure.ON_AGENT_FAILURE_PREVIOUS));

    static final ContractEnum<AgentRole, org.interregnum.event.v1.AgentRole> AGENT_ROLE = new ContractEnum<>(
            "role",
            Map.of(
                    AgentRole.SELLER, org.interregnum.event.v1.AgentRole.AGENT_ROLE_SELLER,
                    AgentRole.BUYER, org.interregnum.event.v1.AgentRole.AGENT_ROLE_BUYER));

    /** A price is none of them: it has a decider of its own in a step. */
    static final ContractEnum<DecisionKind, org.interregnum.event.v1.BuyerDecisionKind> BUYER_DECISION =
            new ContractEnum<>(
                    "kind of decision",
                    Map.of(
                            DecisionKind.IMPRESSION,
                                    org.interregnum.event.v1.BuyerDecisionKind.BUYER_DECISION_KIND_IMPRESSION,
                            DecisionKind.CHOICE,
                                    org.interregnum.event.v1.BuyerDecisionKind.BUYER_DECISION_KIND_CHOICE));

    private final String what;
    private final Map<D, W> inContract;
    private final Map<W, D> inMarket;

    private ContractEnum(String what, Map<D, W> pairs) {
        this.what = what;
        inContract = new EnumMap<>(pairs);
        Map<W, D> reverse = new EnumMap<>(pairs.values().iterator().next().getDeclaringClass());
        pairs.forEach((ours, theirs) -> reverse.put(theirs, ours));
        inMarket = reverse;
    }

    /** What stands for a value in the contract. */
    public W encode(D value) {
        W encoded = inContract.get(value);
        if (encoded == null) {
            throw new IllegalArgumentException("no " + what + " of the contract stands for " + value);
        }
        return encoded;
    }

    /**
     * The value that something of the contract stands for.
     *
     * @throws IllegalArgumentException when it stands for nothing, or for something of a later version
     */
    public D decode(W value) {
        D decoded = inMarket.get(value);
        if (decoded == null) {
            throw new IllegalArgumentException("its " + what + " is not one this program knows");
        }
        return decoded;
    }
}
