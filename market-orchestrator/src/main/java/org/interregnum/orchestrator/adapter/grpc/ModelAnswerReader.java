package org.interregnum.orchestrator.adapter.grpc;

import java.util.List;
import org.interregnum.agent.v1.ChooseSellerResponse;
import org.interregnum.agent.v1.DecidePriceResponse;
import org.interregnum.agent.v1.UpdateImpressionResponse;
import org.interregnum.orchestrator.adapter.protobuf.ContractEnum;
import org.interregnum.orchestrator.agent.ChatText;
import org.interregnum.orchestrator.agent.DecisionOutcome;
import org.interregnum.orchestrator.agent.ModelCall;
import org.interregnum.orchestrator.agent.ModelDecision;
import org.interregnum.orchestrator.agent.ModelQuestion;
import org.interregnum.orchestrator.agent.ModelReport;
import org.interregnum.orchestrator.model.Impression;

/** Reads the answers to one question to a model; what is not one is an {@link AgentFailureException}. */
final class ModelAnswerReader {
    private final ModelQuestion question;
    private final String subject;
    private final AgentWords words;

    ModelAnswerReader(ModelQuestion question, AgentWords words) {
        this.question = question;
        this.subject = AgentWords.subject(question.step());
        this.words = words;
    }

    Reading price(DecidePriceResponse response) {
        double price = AnswerRules.price(response.getPrice(), subject, words);
        return new Reading(
                new ModelDecision.Price(price),
                outcome(response.getOutcome()),
                response.getReason(),
                report(response.hasReport(), response.getReport()));
    }

    Reading impression(UpdateImpressionResponse response) {
        return new Reading(
                new ModelDecision.OfImpression(impression(response.getImpression())),
                outcome(response.getOutcome()),
                response.getReason(),
                report(response.hasReport(), response.getReport()));
    }

    Reading choice(ChooseSellerResponse response) {
        int choice = AnswerRules.choice(response.getChoice(), question.prices().length, subject, words);
        return new Reading(
                new ModelDecision.Choice(choice),
                outcome(response.getOutcome()),
                response.getReason(),
                report(response.hasReport(), response.getReport()));
    }

    private Impression impression(org.interregnum.agent.v1.Impression impression) {
        try {
            return ContractEnum.IMPRESSION.decode(impression);
        } catch (IllegalArgumentException e) {
            throw words.nonsense("answered no impression at " + subject + "; it must be one of the contract's", e);
        }
    }

    private DecisionOutcome outcome(org.interregnum.agent.v1.DecisionOutcome message) {
        DecisionOutcome outcome = AgentIdentity.outcome(message, subject, words);
        if (outcome == DecisionOutcome.RULE || outcome == DecisionOutcome.REPLAYED) {
            throw words.nonsense("did not ask a model at " + subject + ", as it was told to");
        }
        return outcome;
    }

    private ModelReport report(boolean present, org.interregnum.agent.v1.ModelReport report) {
        if (!present) {
            throw words.nonsense("did not report how the model decided " + subject);
        }
        boolean countable = report.getChargedTokens() >= 0
                && report.getChargedCost() >= 0
                && report.getChargedCost() <= Double.MAX_VALUE
                && report.getCallsList().stream().allMatch(ModelAnswerReader::isCountable);
        if (!countable) {
            throw words.nonsense("reported at " + subject + " that less than nothing, or what is no number, was used");
        }
        return new ModelReport(
                report.getCallsList().stream().map(ModelAnswerReader::call).toList(),
                report.getPromptVariant(),
                report.getPromptHash(),
                report.getStatedReason(),
                report.getAllowanceSpent(),
                report.getChargedTokens(),
                report.getChargedCost());
    }

    private static boolean isCountable(org.interregnum.agent.v1.ModelCall call) {
        return call.getInputTokens() >= 0 && call.getOutputTokens() >= 0 && call.getLatencyNanos() >= 0;
    }

    private static ModelCall call(org.interregnum.agent.v1.ModelCall call) {
        List<ChatText> messages = call.getMessagesList().stream()
                .map(message -> new ChatText(message.getRole(), message.getContent()))
                .toList();
        return new ModelCall(
                call.getIsRepair(),
                messages,
                call.hasAnswer() ? call.getAnswer() : null,
                call.hasFailure() ? call.getFailure() : null,
                call.getStatus(),
                call.getModel(),
                call.hasInputTokens() ? call.getInputTokens() : -1,
                call.hasOutputTokens() ? call.getOutputTokens() : -1,
                call.getLatencyNanos());
    }

    /** An answer without the name of who gave it. */
    record Reading(ModelDecision decision, DecisionOutcome outcome, String reason, ModelReport report) {}
}
