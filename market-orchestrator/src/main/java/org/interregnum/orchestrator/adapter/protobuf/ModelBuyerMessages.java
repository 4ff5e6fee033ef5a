package org.interregnum.orchestrator.adapter.protobuf;

import java.util.List;
import org.interregnum.event.v1.StepTaken;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.model.Impression;

/** What a step says of single buyers besides their choices, from and to generated messages. */
final class ModelBuyerMessages {
    private ModelBuyerMessages() {}

    /** Whether there is nothing to write. */
    static boolean isEmpty(org.interregnum.orchestrator.event.StepTaken step) {
        ModelBuyerChanges changes = step.modelBuyers();
        return step.ruleDecisions().isEmpty()
                && changes.impressionBuyers().length == 0
                && changes.newImpressions().length == 0
                && changes.decisions().isEmpty();
    }

    /** Adds it to a step's message. */
    static void addTo(StepTaken.Builder message, org.interregnum.orchestrator.event.StepTaken step) {
        ModelBuyerChanges changes = step.modelBuyers();
        message.addAllImpressionBuyerGaps(BuyerGaps.toGaps(changes.impressionBuyers()));
        for (Impression impression : changes.newImpressions()) {
            message.addNewImpressions(ContractEnum.IMPRESSION.encode(impression));
        }
        for (BuyerDecisions decisions : changes.decisions()) {
            message.addModelDecisions(toMessage(decisions));
        }
        for (BuyerDecisions decisions : step.ruleDecisions()) {
            message.addRuleDecisions(toMessage(decisions));
        }
    }

    private static org.interregnum.event.v1.BuyerDecisions.Builder toMessage(BuyerDecisions decisions) {
        return org.interregnum.event.v1.BuyerDecisions.newBuilder()
                .setKind(ContractEnum.BUYER_DECISION.encode(decisions.kind()))
                .setDecider(EventMessages.toMessage(decisions.decider()))
                .addAllBuyerGaps(BuyerGaps.toGaps(decisions.buyers()));
    }

    static ModelBuyerChanges toChanges(StepTaken message) {
        if (message.getImpressionBuyerGapsCount() == 0
                && message.getNewImpressionsCount() == 0
                && message.getModelDecisionsCount() == 0) {
            return ModelBuyerChanges.NONE;
        }
        return new ModelBuyerChanges(
                BuyerGaps.toBuyers(message.getImpressionBuyerGapsList()),
                toImpressions(message.getNewImpressionsList()),
                toDecisions(message.getModelDecisionsList()));
    }

    static List<BuyerDecisions> toDecisions(List<org.interregnum.event.v1.BuyerDecisions> messages) {
        return messages.stream()
                .map(decision -> new BuyerDecisions(
                        ContractEnum.BUYER_DECISION.decode(decision.getKind()),
                        EventMessages.toDecider(decision.getDecider()),
                        BuyerGaps.toBuyers(decision.getBuyerGapsList())))
                .toList();
    }

    static Impression[] toImpressions(List<org.interregnum.agent.v1.Impression> message) {
        Impression[] impressions = new Impression[message.size()];
        for (int index = 0; index < impressions.length; index++) {
            impressions[index] = ContractEnum.IMPRESSION.decode(message.get(index));
        }
        return impressions;
    }
}
