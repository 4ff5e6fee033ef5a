package org.interregnum.orchestrator.adapter.protobuf;

import java.util.ArrayList;
import java.util.List;
import org.interregnum.event.v1.StepTaken;
import org.interregnum.orchestrator.event.BuyerDecisions;
import org.interregnum.orchestrator.event.ModelBuyerChanges;
import org.interregnum.orchestrator.model.Impression;

/** What a step changed for the buyers that are models, from and to generated messages. */
final class ModelBuyerMessages {
    private ModelBuyerMessages() {}

    /** Whether there is nothing to write. */
    static boolean isEmpty(ModelBuyerChanges changes) {
        return changes.impressionBuyers().length == 0
                && changes.newImpressions().length == 0
                && changes.decisions().isEmpty();
    }

    /** Adds the changes to a step's message. */
    static void addTo(StepTaken.Builder message, ModelBuyerChanges changes) {
        message.addAllImpressionBuyerGaps(BuyerGaps.toGaps(changes.impressionBuyers()));
        for (Impression impression : changes.newImpressions()) {
            message.addNewImpressions(ContractEnum.IMPRESSION.encode(impression));
        }
        for (BuyerDecisions decisions : changes.decisions()) {
            message.addModelDecisions(org.interregnum.event.v1.BuyerDecisions.newBuilder()
                    .setKind(ContractEnum.BUYER_DECISION.encode(decisions.kind()))
                    .setDecider(EventMessages.toMessage(decisions.decider()))
                    .addAllBuyerGaps(BuyerGaps.toGaps(decisions.buyers())));
        }
    }

    static ModelBuyerChanges toChanges(StepTaken message) {
        if (message.getImpressionBuyerGapsCount() == 0
                && message.getNewImpressionsCount() == 0
                && message.getModelDecisionsCount() == 0) {
            return ModelBuyerChanges.NONE;
        }
        List<BuyerDecisions> decisions = new ArrayList<>(message.getModelDecisionsCount());
        for (var decision : message.getModelDecisionsList()) {
            decisions.add(new BuyerDecisions(
                    ContractEnum.BUYER_DECISION.decode(decision.getKind()),
                    EventMessages.toDecider(decision.getDecider()),
                    BuyerGaps.toBuyers(decision.getBuyerGapsList())));
        }
        return new ModelBuyerChanges(
                BuyerGaps.toBuyers(message.getImpressionBuyerGapsList()),
                toImpressions(message.getNewImpressionsList()),
                List.copyOf(decisions));
    }

    static Impression[] toImpressions(List<org.interregnum.agent.v1.Impression> message) {
        Impression[] impressions = new Impression[message.size()];
        for (int index = 0; index < impressions.length; index++) {
            impressions[index] = ContractEnum.IMPRESSION.decode(message.get(index));
        }
        return impressions;
    }
}
