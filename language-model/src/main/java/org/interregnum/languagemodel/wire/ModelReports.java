package org.interregnum.languagemodel.wire;

import org.interregnum.agent.v1.DecisionOutcome;
import org.interregnum.agent.v1.ModelReport;
import org.interregnum.languagemodel.ChatText;
import org.interregnum.languagemodel.ModelCall;
import org.interregnum.languagemodel.ModelReply;
import org.interregnum.languagemodel.ModelReply.Ending;
import org.interregnum.languagemodel.Prompt;

/** Tells the contract's callers how a model came to a decision. */
public final class ModelReports {
    private ModelReports() {}

    /** How the decision came about that follows from a reply. */
    public static DecisionOutcome outcome(ModelReply<?> reply) {
        return switch (reply.ending()) {
            case ANSWERED -> DecisionOutcome.DECISION_OUTCOME_MODEL;
            case REPAIRED -> DecisionOutcome.DECISION_OUTCOME_REPAIRED;
            case UNANSWERED -> DecisionOutcome.DECISION_OUTCOME_FALLBACK;
            case ALLOWANCE_SPENT, REFUSED -> DecisionOutcome.DECISION_OUTCOME_UNDECIDED;
        };
    }

    /**
     * Everything needed to audit a decision.
     *
     * @param statedReason the reason that the model gave; empty when it gave none
     */
    public static ModelReport report(Prompt prompt, ModelReply<?> reply, String statedReason) {
        ModelReport.Builder report = ModelReport.newBuilder()
                .setPromptVariant(prompt.variant())
                .setPromptHash(prompt.hash())
                .setStatedReason(statedReason)
                .setAllowanceSpent(reply.ending() == Ending.ALLOWANCE_SPENT)
                .setChargedTokens(reply.chargedTokens())
                .setChargedCost(reply.chargedCost());
        reply.calls().forEach(call -> report.addCalls(message(call)));
        return report.build();
    }

    private static org.interregnum.agent.v1.ModelCall message(ModelCall call) {
        org.interregnum.agent.v1.ModelCall.Builder message = org.interregnum.agent.v1.ModelCall.newBuilder()
                .setIsRepair(call.isRepair())
                .setStatus(call.status())
                .setLatencyNanos(call.latencyNanos());
        call.messages().forEach(text -> message.addMessages(message(text)));
        if (call.answer() != null) {
            message.setAnswer(call.answer());
        }
        if (call.failure() != null) {
            message.setFailure(call.failure());
        }
        if (call.model() != null) {
            message.setModel(call.model());
        }
        if (call.inputTokens() >= 0) {
            message.setInputTokens(call.inputTokens());
        }
        if (call.outputTokens() >= 0) {
            message.setOutputTokens(call.outputTokens());
        }
        return message.build();
    }

    private static org.interregnum.agent.v1.ChatText message(ChatText text) {
        return org.interregnum.agent.v1.ChatText.newBuilder()
                .setRole(text.role())
                .setContent(text.content())
                .build();
    }
}
